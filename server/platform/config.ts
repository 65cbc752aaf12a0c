import { resolve } from 'node:path'
import { z } from 'zod'
import { isAddressRange } from './addresses.ts'
import { configWords } from './config.words.ts'
import { projectRoot } from './root.ts'

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_APP_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SERVER_KEY: z
    .string()
    .regex(/^[\w-]{43}=?$/)
    .optional(),
  BACKUPS: z.stringbool().default(true),
  BACKUP_KEY_FILE: z.string().min(1).optional(),
  BEHIND_TLS: z.stringbool().default(false),
  WORKBOOK_SECONDS: z.coerce.number().positive().max(3600).default(60),
  WORKBOOK_MEMORY_MB: z.coerce.number().int().min(16).max(16_384).default(1024),
  DISK_WARN_PERCENT: z.coerce.number().int().min(1).max(99).default(80),
  TRUSTED_PROXY: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((ranges) => ranges.every(isAddressRange))
    .default([]),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
})

/** What the environment decides; `dataDir` is absolute. */
export type Config = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | null
  /** The application's own login to the same database, where it is not made by the program. */
  databaseAppUrl?: string | null
  /** Seals secrets in the database; null: the data folder keeps one of its own. */
  serverKey?: string | null
  /** Whether the program keeps backups of its bundled database. */
  backups?: boolean
  /** Where the server's key to backups lies; null: beside the data folder. */
  backupKeyFile?: string | null
  /** Served behind a proxy that speaks TLS. */
  secure: boolean
  /** Addresses and networks of the proxies whose word on the client's address is taken. */
  trustedProxies: string[]
  logLevel: string
  /** From how many hundredths of the disk taken on somebody is told. */
  diskWarnPercent: number
  /** What reading one workbook may take: seconds of the clock, megabytes of memory. */
  workbook: { seconds: number; megabytes: number }
}

/** A variable of the environment has no meaning; `message` names it. */
export class ConfigRefused extends Error {
  readonly variables: string[]
  constructor(variables: string[]) {
    super(configWords(variables))
    this.variables = variables
  }
}

const LOOPBACK = /^(localhost|::1|127\.\d+\.\d+\.\d+)$/

/** Whether passwords and cookies would cross a network in the clear: open to others, with no TLS in front. */
export const isBare = ({ host, secure }: Pick<Config, 'host' | 'secure'>): boolean =>
  !secure && !LOOPBACK.test(host)

/** Reads the configuration; an empty variable counts as absent, a relative folder as inside the project. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const { data, error } = Environment.safeParse(present)
  if (!data) throw new ConfigRefused(error.issues.map(({ path }) => path.join('.')))
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(projectRoot, data.DATA_DIR),
    databaseUrl: data.DATABASE_URL ?? null,
    databaseAppUrl: data.DATABASE_APP_URL ?? null,
    serverKey: data.SERVER_KEY ?? null,
    backups: data.BACKUPS,
    backupKeyFile: data.BACKUP_KEY_FILE === undefined ? null : resolve(projectRoot, data.BACKUP_KEY_FILE),
    secure: data.BEHIND_TLS,
    trustedProxies: data.TRUSTED_PROXY,
    logLevel: data.LOG_LEVEL,
    diskWarnPercent: data.DISK_WARN_PERCENT,
    workbook: { seconds: data.WORKBOOK_SECONDS, megabytes: data.WORKBOOK_MEMORY_MB },
  }
}
