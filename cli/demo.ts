import { join } from 'node:path'
import { inGroups } from '#domain/access/second-factor.ts'
import type { Day } from '#domain/calendar/day.ts'
import { DEMO_PASSWORD, DEMO_PHONE, type DemoAccount, prepareDemo } from '#modules/demo/index.ts'
import { importable, readFolder } from '#modules/imports/index.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { projectRoot } from '#platform/root.ts'
import { serverKey } from '#platform/server-key.ts'
import { openStorage } from '#platform/storage.ts'
import { createVault } from '#platform/vault.ts'
import { serveUntil, untilTold } from './start.ts'

const ZONE = 'Europe/Moscow'

/** Serves a centre that stands in the middle of its intake, with accounts for every role. */
export async function demo(): Promise<number> {
  const told = untilTold()
  const config = readConfig(process.env)
  const own = { ...config, dataDir: join(config.dataDir, 'demo') }
  const storage = await openStorage(own, { archive: own.backups ?? false, tell: console.warn })
  const now = systemClock()
  const moment = { today: dayIn(ZONE, now), now, vault: createVault(() => serverKey(own)) }
  const made = await prepareDemo(storage.database, readDemoFolder, moment).catch(async (error: unknown) => {
    await storage.stop()
    throw error
  })
  if (made === null) {
    await storage.stop()
    throw new Error(
      'В этой базе живёт настоящая организация, демонстрацию в неё ставить нельзя: данные смешались бы. ' +
        'Уберите DATABASE_URL или укажите пустую базу.',
    )
  }
  return serveUntil(told, own, { opened: ({ address }) => announce(address, made.accounts), storage })
}

async function readDemoFolder() {
  const reading = await readFolder(join(projectRoot, 'demo', 'first-intake'))
  return importable(reading, { faultIds: [], allQuestions: true }).data
}

const dayIn = (timeZone: string, now: Date): Day =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    now,
  ) as Day

function announce(address: string, accounts: DemoAccount[]): void {
  const width = Math.max(...accounts.map(({ title }) => title.length))
  const lines = accounts.map(
    ({ login, title, name }) => `  ${login.padEnd(11)} ${title.padEnd(width)}  ${name}`,
  )
  console.log(
    [
      `Журавль открыт: ${address}`,
      '',
      'Это демонстрация: центр, люди и отметки вымышлены. Сегодня идёт третья неделя заезда.',
      `Пароль у всех один: ${DEMO_PASSWORD}. Логины:`,
      '',
      ...lines,
      '',
      ...accounts
        .filter(({ login }) => login === DEMO_PHONE.login)
        .map(
          ({ login }) =>
            `${login} входит ещё и с кодом: ключ для приложения на телефоне ${inGroups(DEMO_PHONE.secret)}`,
        ),
      'Введённое хранится до конца этой учебной недели, потом демонстрация начинается заново.',
      'Остановить: Ctrl+C.',
    ].join('\n'),
  )
}
