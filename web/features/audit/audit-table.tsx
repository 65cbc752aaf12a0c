import type { AuditLine } from '#contract/audit.ts'
import { auditActionWords, auditResourceWords } from '#domain/access/audit-action.words.ts'
import { Soft } from '#ui/layout.tsx'
import { Table } from '#ui/table.tsx'
import { deviceName } from '#web/device-name.ts'
import { moment } from '#web/formats.ts'

/** Lines of the list of events, the newest first. */
export function AuditTable({ label, lines }: { label: string; lines: readonly AuditLine[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">Когда</th>
          <th scope="col">Кто</th>
          <th scope="col">Что</th>
          <th scope="col">О ком или о чём</th>
          <th scope="col">Откуда</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>{moment(line.at)}</td>
            <td>{line.who ?? <Soft>неизвестно</Soft>}</td>
            <td>{deed(line)}</td>
            <td>{line.about}</td>
            <td>
              {line.device && deviceName(line.device)} {line.address && <Soft>{line.address}</Soft>}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

// «открыто: дневник»; what a sign-in was is said already.
function deed({ action, resource }: AuditLine): string {
  const [what, where] = [auditActionWords[action] ?? action, auditResourceWords[resource]]
  return where ? `${what}: ${where}` : what
}
