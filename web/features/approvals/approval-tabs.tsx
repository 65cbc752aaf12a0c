import { Link } from '@tanstack/react-router'
import { Tabs } from '#ui/layout.tsx'
import { hasRole, useSession } from '#web/session.ts'
import { paths } from '../../paths.ts'

/** What waits, and who gave what before. */
export function ApprovalTabs() {
  const reads = hasRole(useSession(), 'director', 'system-admin')
  if (!reads) return null
  const links = [
    { key: 'approvals', link: <Link to={paths.approvals}>Запросы</Link> },
    { key: 'events', link: <Link to={paths.accessEvents}>Кто выдавал доступ и роли</Link> },
  ]
  return <Tabs label="Подтверждения и доступ" links={links} />
}
