import type { BackupAlarm, BackupState } from '#contract/backups.ts'
import { CautionIcon } from '#ui/icons.tsx'
import { Card } from '#ui/layout.tsx'
import { alarmWords, newestFirst, toldAlarms } from '#web/backups.ts'
import { moment } from '#web/formats.ts'
import styles from './backups.module.css'

/** What is wrong with backups: what happened, why, what to do. The disk shared with the data has its own card. */
export function AlarmList({ state }: { state: BackupState }) {
  const found = toldAlarms(state).filter((alarm) => alarm !== 'same-disk')
  if (found.length === 0) return null
  return (
    <Card>
      <h2>Что требует внимания</h2>
      <ul className={styles.list}>
        {found.map((alarm) => (
          <li key={alarm}>
            <h3 className={styles.alarm}>
              <CautionIcon />
              {alarmWords[alarm]}
            </h3>
            <p>{whatToDo(alarm, state)}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const waiting = ({ waitingMegabytes }: BackupState): string =>
  waitingMegabytes > 0
    ? `Журнал работает как обычно, а новое, ${waitingMegabytes}\u00a0МБ, ждёт на его диске.`
    : 'Журнал работает как обычно, новое ждёт на его диске.'

function inDetail({ backups }: BackupState): string {
  const other = newestFirst(backups).find(({ proven }) => proven?.same === false)
  return other ? `Что именно разошлось, скажет на сервере команда npm run verify -- ${other.name}` : ''
}

const toFree = (megabytes: number | null): string =>
  megabytes === null ? 'Освободите место' : `Освободите хотя бы ${megabytes}\u00a0МБ`

function whatToDo(alarm: Exclude<BackupAlarm, 'same-disk'>, state: BackupState): string {
  switch (alarm) {
    case 'no-backup':
      return state.running
        ? 'Копия уже делается: сколько сделано, видно ниже.'
        : 'Копия делается сама каждую ночь, но уже больше 26 часов этого не получалось. Нажмите «Сделать копию сейчас»: если и она не получится, причину программа пишет в окне, где запущен журнал.'
    case 'proof-failed':
      return `Последняя копия восстанавливается рядом и сверяется с журналом; в этот раз они разошлись. Сделайте новую копию, а прежние не удаляйте: они могут понадобиться. ${inDetail(state)}`
    case 'archive-given-up':
      return `Папка для копий слишком долго не принимала новое, и ожидавшее убрано, чтобы на диске журнала не кончилось место. Сам журнал цел. ${
        state.savedUntil ? `Из копий можно вернуть то, что было до ${moment(state.savedUntil)}. ` : ''
      }Подключите папку или выберите другую: новая полная копия начнётся сама.`
    case 'folder-absent':
      return `Похоже, отключён диск или сеть до него. ${waiting(state)} Подключите папку: копирование продолжится само. Если её больше нет, выберите другую.`
    case 'folder-full':
      return `${waiting(state)} Освободите место в папке или выберите другую, побольше: копирование продолжится само.`
    case 'copy-no-room':
      return state.alarms.includes('same-disk')
        ? `Копия ложится на диск журнала, а последнее место на нём нужно самому журналу, поэтому она ждёт. Прежние копии целы, журнал работает как обычно. ${toFree(state.lacking.copy)} на диске журнала или выберите для копий другой диск: копия начнётся сама.`
        : `Копия ждёт, пока в папке для копий появится место. Прежние копии целы, журнал работает как обычно. ${toFree(state.lacking.copy)} в папке или выберите другую, побольше: копия начнётся сама.`
    case 'proof-no-room':
      return `Чтобы проверить копию, её разворачивают рядом с журналом, а последнее место на его диске нужно самому журналу. Копии целы, журнал работает как обычно. ${toFree(state.lacking.proof)} на диске журнала: проверка начнётся сама.`
    case 'no-paper-key':
      return 'Копии зашифрованы, и ключ от них пока есть только на этом сервере. Пропадёт сервер — копии не открыть. Сделайте ключ на бумаге (ниже на этой странице) и храните лист не рядом с сервером.'
    case 'not-proven':
      return 'Каждую ночь последняя копия восстанавливается рядом и сверяется с журналом, но уже больше 26 часов этого не получалось. Обычно дело в том, что компьютер ночью выключен: оставьте его включённым.'
    case 'paper-key-due':
      return 'Раз в 90 дней стоит убедиться, что бумага с двенадцатью словами не потеряна и читается. Наберите их ниже: «Ключ на бумаге», «Проверить ещё раз».'
  }
}
