/** Why a backup cannot be made, read or restored. */
export type BackupFault =
  | 'folder-absent'
  | 'folder-full'
  | 'given-up'
  | 'folder-unwritable'
  | 'folder-on-same-disk'
  | 'backup-folder-silent'
  | 'folder-inside-data'
  | 'folder-not-absolute'
  | 'nothing-there'
  | 'not-elsewhere'
  | 'no-such-backup'
  | 'no-such-moment'
  | 'several-installations'
  | 'file-missing'
  | 'log-hole'
  | 'file-broken'
  | 'wrong-key'
  | 'no-key'
  | 'no-key-in-file'
  | 'key-file-absent'
  | 'key-malformed'
  | 'future-moment'
  | 'not-as-copied'
  | 'newer-major'
  | 'older-major'
  | 'archive-silent'
  | 'copy-failed'
  | 'no-room'
  | 'in-use'
  | 'being-restored'
  | 'cut-short'
  | 'restore-failed'
  | 'recovery-failed'
  | 'elsewhere'

const words: Record<BackupFault, string> = {
  'folder-absent':
    'Папка для копий недоступна: диск или сетевая папка не подключены. Подключите их; журнал тем временем работает и хранит неотправленное у себя.',
  'folder-full':
    'В папке для копий кончилось место. Освободите место или выберите другую папку; журнал тем временем работает.',
  'given-up':
    'Папка для копий недоступна слишком долго, и ожидавшее её удалено, чтобы не занять диск журнала. Сам журнал цел. Когда папка вернётся, программа сделает новую полную копию.',
  'folder-unwritable':
    'В эту папку нельзя записать. Дайте программе право на запись или выберите другую папку.',
  'folder-on-same-disk':
    'Эта папка на том же диске, что и журнал или система. Если она должна быть на втором диске или в сети, их сейчас нет: подключите и повторите. Если второго диска нет, добавьте --same-disk.',
  'backup-folder-silent':
    'Папка не отвечает: похоже, отключён её диск или сеть до неё. Проверьте, подключена ли она, и повторите.',
  'folder-inside-data': 'Эта папка лежит внутри папки базы. Выберите папку на другом диске или в сети.',
  'folder-not-absolute': 'Нужен полный путь к папке, например /mnt/backup или D:\\backup.',
  'not-elsewhere':
    'Это нужно только базе по DATABASE_URL. Встроенную базу восстанавливает и приводит в порядок сама команда: npm run restore -- --to … --yes',
  'nothing-there': 'В этой папке нет резервных копий журнала.',
  'no-such-backup': 'Такой копии в папке нет. Список: npm run restore',
  'no-such-moment': 'На этот момент восстановить нечего: он раньше первой копии. Что есть: npm run restore',
  'several-installations': 'В папке лежат копии нескольких журналов. Укажите папку одного из них:',
  'log-hole':
    'В сохранённом журнале операций не хватает части, и записанное после неё из этой копии не вернуть. Восстановите на более ранний момент (npm run restore покажет, до какого) или найдите пропавший файл:',
  'file-missing': 'Файла копии нет на месте:',
  'file-broken': 'Файл копии повреждён, и восстановить из него нельзя:',
  'wrong-key': 'Этим ключом копия не открывается:',
  'no-key':
    'Ключа от копий на этом сервере нет. Понадобится ключ на бумаге или файл ключа: npm run restore -- --key <файл>',
  'no-key-in-file':
    'В файле ключа нет строки, которая начинается с AGE-SECRET-KEY-. Верните в него ключ или уберите файл, и программа сделает новый ключ:',
  'key-file-absent': 'Файла с ключом нет или его нельзя прочитать:',
  'key-malformed': 'Ключ записан с ошибкой. Скопируйте строку AGE-SECRET-KEY-… ещё раз, целиком.',
  'future-moment': 'Этот момент ещё не наступил. Что можно восстановить: npm run restore',
  'not-as-copied': 'Распакованная копия не сходится с записанным при её создании:',
  'newer-major':
    'Копия сделана более новой версией программы: у неё PostgreSQL новее. Восстановите той версией «Журавля», с которой журнал тогда работал, или более новой.',
  'older-major':
    'Копия сделана PostgreSQL, которой в этой версии программы уже нет. Восстановите её тем выпуском «Журавля», с которым журнал тогда работал, запустите журнал и переходите по выпускам дальше: docs/operations.md.',
  'archive-silent':
    'Копия снята, но журнал операций к ней не дошёл до папки за отведённое время. Копия отброшена; проверьте папку.',
  'copy-failed': 'Резервную копию сделать не удалось.',
  'no-room': 'На диске мало места для восстановления.',
  'in-use': 'Журнал запущен на этой папке данных. Остановите его и повторите.',
  'being-restored':
    'Журнал в этой папке данных сейчас восстанавливается из копии. Дождитесь конца: сколько сделано, видно по его адресу.',
  'cut-short':
    'Восстановление прервалось: компьютер или программа были остановлены. Журнал остался таким, каким был. Повторите восстановление.',
  'restore-failed':
    'Восстановить не получилось. Журнал остался таким, каким был. Причина названа в окне, где запущен журнал.',
  'recovery-failed': 'База из копии не поднялась.',
  elsewhere: 'Задан DATABASE_URL: копии той базы делает её сервер. Как настроить: docs/operations.md.',
}

/** An amount of data, rounded up to whole megabytes. */
export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} МБ`

/** The fault in Russian, followed by what it is about, for the person at the terminal. */
export function backupWords(fault: BackupFault, detail = ''): string {
  return detail ? `${words[fault]}\n${detail}` : words[fault]
}
