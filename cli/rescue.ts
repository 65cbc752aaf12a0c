import type { AccessSlip } from '#contract/accounts.ts'
import type { ApprovalKind } from '#domain/access/approval.ts'
import {
  administratorByConsole,
  confirmByConsole,
  passwordByConsole,
  type Rescued,
  readWaiting,
  secondFactorByConsole,
  type WaitingLine,
} from '#modules/granting/index.ts'
import { systemClock } from '#platform/clock.ts'
import type { Database } from '#platform/db.ts'
import { openOwnStorage } from './own-storage.ts'

const USAGE = [
  'npm run rescue                             какие запросы ждут подтверждения',
  'npm run rescue -- confirm <номер>          подтвердить запрос, когда второго человека нет',
  'npm run rescue -- password <логин>         новый первый пароль тому, кто не может войти',
  'npm run rescue -- second-factor <логин> <причина>   снять второй фактор, когда нет ни телефона, ни кодов',
  'npm run rescue -- administrator <логин>    сделать администратором, когда администраторов не осталось',
  '',
  'Всё это записывается в журнал событий как сделанное с консоли сервера; директор это видит.',
].join('\n')

type Action = (database: Database, wanted: string, now: Date, reason: string) => Promise<Rescued>

type Told = { run: Action; done: string; missing: string; asksReason?: boolean }

const actions: Record<string, Told> = {
  confirm: {
    run: (database, number, now) => confirmByConsole(database, Number(number), now),
    done: 'Запрос подтверждён.',
    missing: 'Такого запроса нет, или по нему уже решили. Список: npm run rescue',
  },
  password: {
    run: passwordByConsole,
    done: 'Прежний пароль больше не подходит, все входы завершены.',
    missing: 'Такого логина нет. Проверьте, как он написан.',
  },
  'second-factor': {
    run: secondFactorByConsole,
    done: 'Второй фактор снят, все входы завершены. Войти можно с паролем; владелец увидит это при входе.',
    missing: 'Такого логина нет, или второй фактор у него не включён. Проверьте, как он написан.',
    asksReason: true,
  },
  administrator: {
    run: administratorByConsole,
    done: 'С сегодняшнего дня это системный администратор.',
    missing: 'Такого логина нет. Проверьте, как он написан.',
  },
}

/**
 * What only the machine of the server may do, when a second person is not there (6.5): 1 when there is nothing of that
 * name, 2 when it was called wrongly.
 */
export async function rescue([name, wanted, ...words]: string[]): Promise<number> {
  if (name === undefined) return withStorage(list)
  const action = actions[name]
  const reason = words.join(' ').trim().slice(0, 300)
  if (!action || wanted === undefined || reason.length >= 3 !== (action.asksReason ?? false)) {
    console.log(USAGE)
    return 2
  }
  return withStorage(async (database) => {
    const rescued = await action.run(database, wanted, systemClock(), reason)
    console.log(rescued ? [action.done, ...slipLines(rescued.slip)].join('\n') : action.missing)
    return rescued ? 0 : 1
  })
}

async function withStorage(work: (database: Database) => Promise<number>): Promise<number> {
  const storage = await openOwnStorage()
  try {
    return await work(storage.database)
  } finally {
    await storage.stop()
  }
}

const kindWords: Record<ApprovalKind, string> = {
  roles: 'особые роли',
  account: 'логин и первый пароль',
  'first-password': 'новый первый пароль',
  'open-account': 'открыть доступ',
  'close-account': 'закрыть доступ директору',
  'second-factor': 'снять второй фактор',
}

async function list(database: Database): Promise<number> {
  const waiting = await readWaiting(database, systemClock())
  const lines = waiting.map(
    ({ number, kind, person, asker }: WaitingLine) =>
      `  ${String(number).padStart(4)}  ${kindWords[kind]}: ${person}. Просит: ${asker}`,
  )
  console.log(
    lines.length > 0 ? ['Ждут подтверждения:', ...lines].join('\n') : 'Запросов, которые ждут, нет.',
  )
  console.log(`\n${USAGE}`)
  return 0
}

function slipLines(slip: AccessSlip | null): string[] {
  if (!slip) return []
  const until = new Date(slip.validUntil).toLocaleString('ru-RU', { dateStyle: 'long', timeStyle: 'short' })
  return [
    '',
    `  ${slip.name}`,
    `  Логин:          ${slip.login}`,
    `  Первый пароль:  ${slip.password}`,
    `  Войти до:       ${until}`,
    '',
    'Пароль показан один раз и нигде не хранится. Передайте его лично.',
  ]
}
