import type {
  AuditChoices,
  AuditExport,
  AuditLine,
  AuditPage,
  AuditQuery,
  ExportAudit,
} from '#contract/audit.ts'
import { AUDIT_HEADINGS, auditActionWords, auditResourceWords } from '#domain/access/audit-action.words.ts'
import { spreadsheetText } from '#domain/access/spreadsheet.ts'
import { recordAudit } from '#platform/audit.ts'
import type { Call } from '#platform/call.ts'
import { noteUsage } from '#platform/usage.ts'
import { accessKinds, type Line, readActions, readLines, readPeople } from './audit.sql.ts'

const PAGE = 50
const MOST_EXPORTED = 10_000

/** One page of one section of the list of events, the newest first. */
export async function readAudit(call: Call, query: AuditQuery): Promise<AuditPage> {
  const found = await readLines(call, query, PAGE + 1)
  const lines = found.slice(0, PAGE)
  return { lines: lines.map(view), next: found.length > PAGE ? (lines.at(-1)?.id ?? null) : null }
}

export async function readChoices(call: Call): Promise<AuditChoices> {
  const people = await readPeople(call)
  const named = (child: boolean) =>
    people.filter((one) => one.child === child).map(({ id, name }) => ({ id, name }))
  const actions = { done: await readActions(call), came: accessKinds('came'), read: accessKinds('read') }
  return { people: named(false), children: named(true), actions }
}

/** The lines asked for as a table for a spreadsheet, ten thousand at most; taking them out is a line itself. */
export async function exportAudit(call: Call, wanted: ExportAudit): Promise<AuditExport> {
  const lines = await readLines(call, wanted, MOST_EXPORTED)
  const detail = { section: wanted.section, lines: lines.length }
  await recordAudit(call, { action: 'audit.export', resource: 'audit', detail })
  noteUsage(call, { kind: 'exported', resource: 'audit', subjectId: null })
  const csv = spreadsheetText([AUDIT_HEADINGS, ...lines.map(cells)])
  return { fileName: `sobytiya-${wanted.section}-${call.today}.csv`, csv, lines: lines.length }
}

const view = ({ at, local, ...line }: Line): AuditLine => ({ ...line, at: at.toISOString() })

const cells = ({ local, who, action, resource, about, device, address }: Line): string[] => [
  local,
  who ?? '',
  auditActionWords[action] ?? action,
  auditResourceWords[resource] ?? resource,
  about ?? '',
  device ?? '',
  address ?? '',
]
