import { useRef, useState } from 'react'
import type { BackupState, PaperKey } from '#contract/backups.ts'
import { Card, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { ApiProblem } from '#web/api.ts'
import { toldAlarms, useBackups } from '#web/backups.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { hasRole, useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { AlarmList } from './alarm-list.tsx'
import styles from './backups.module.css'
import { CopiesCard } from './copies-card.tsx'
import { FolderCard } from './folder-card.tsx'
import { MomentCard } from './moment-card.tsx'
import { PaperKeyCard } from './paper-key-card.tsx'
import { PaperKeySheet } from './paper-key-sheet.tsx'
import { RestoreCard } from './restore-card.tsx'
import { StandingLine } from './standing-line.tsx'

const IDLE_MS = 30_000

/** Whether the journal would survive its disk, which copies there are, and where they go (2.3). */
export function BackupsPage() {
  const query = useBackups(IDLE_MS)
  const { data, error } = query
  const writable = hasRole(useSession(), 'system-admin')
  const [paper, setPaper] = useState<PaperKey | null>(null)
  useTitle(paper ? 'Ключ на бумаге' : 'Резервные копии')
  const page = useRef<HTMLDivElement>(null)
  const putAway = () => {
    setPaper(null)
    requestAnimationFrame(() => page.current?.querySelector('h1')?.focus())
  }
  return (
    <>
      {paper && <PaperKeySheet paper={paper} folder={folderOf(data?.state)} onDone={putAway} />}
      {/* Out of sight, not away: what is typed there stays. */}
      <div ref={page} hidden={paper !== null}>
        <Stack>
          <PageHeader title="Резервные копии" />
          {/* What was last heard stays in sight; the failure stands above it. */}
          <LoadFailure title="О копиях узнать не получилось" query={query} />
          {!data && !error && <Skeleton lines={8} />}
          {!data && isSilent(error) && <FolderCard state={null} writable={writable} />}
          {data &&
            (data.state ? <Own state={data.state} writable={writable} onPaper={setPaper} /> : <Elsewhere />)}
        </Stack>
      </div>
    </>
  )
}

// On the journal's own disk they are lost with it: then the paper had better say nothing.
const folderOf = (state: BackupState | null | undefined): string | null =>
  state && !state.alarms.includes('same-disk') ? state.folder : null

// A share that is away hangs whoever looks into it; the way out of it must stay open.
const isSilent = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.refusal === 'backup-folder-silent'

type OwnProps = { state: BackupState; writable: boolean; onPaper: (paper: PaperKey) => void }

function Own({ state, writable, onPaper }: OwnProps) {
  // Under keys of their own, so that what is typed into one stays when they change places.
  const alarms = <AlarmList key="alarms" state={state} />
  const folder = <FolderCard key="folder" state={state} writable={writable} />
  return (
    <>
      <StandingLine state={state} />
      {toldAlarms(state).includes('same-disk') ? [folder, alarms] : [alarms, folder]}
      <PaperKeyCard state={state} writable={writable} onMade={onPaper} />
      <MomentCard writable={writable} possible={state.backups.length > 0} />
      <CopiesCard state={state} writable={writable} />
      <RestoreCard state={state} writable={writable} />
      <IfLost folder={state.folder} />
    </>
  )
}

function IfLost({ folder }: { folder: string }) {
  return (
    <Card>
      <h2>Если журнал утерян</h2>
      <p className={styles.text}>
        Его можно вернуть на любом компьютере, хоть на новом: нужна только папка с копиями, а на новом
        компьютере ещё и ключ на бумаге. Поставьте программу, запустите её и откройте ссылку, которую она
        напечатает: на первой странице есть «Восстановить из копии». То же делает команда:
      </p>
      <ol className={styles.steps}>
        <li>
          Остановите журнал, если он работает, и подключите папку с копиями:{' '}
          <span className={styles.path}>{folder}</span>
        </li>
        <li>
          В папке программы выполните <code>npm run restore</code>: команда покажет, какие копии есть, что в
          них и к каким минутам можно вернуться. На новом компьютере назовите папку:{' '}
          <code>
            npm run restore <span className={styles.whole}>-- --from</span> "{folder}"
          </code>
        </li>
        <li>
          Назовите минуту: <code>--to "2026-11-30 12:05"</code> или самую позднюю,{' '}
          <code className={styles.whole}>--to last</code>. Команда скажет, что вернётся, а с{' '}
          <code className={styles.whole}>--yes</code> вернёт. На новом компьютере добавьте{' '}
          <code className={styles.whole}>--paper</code>: программа спросит слова с бумаги. Прежняя папка
          данных откладывается в сторону: поверх неё ничего не пишется.
        </li>
        <li>
          Запустите журнал: <code>npm start</code>. Всем нужно будет войти заново.
        </li>
      </ol>
    </Card>
  )
}

/** The database has somebody else to copy it, or the program was told not to. */
function Elsewhere() {
  return (
    <Card>
      <h2>Эту базу данных программа не копирует</h2>
      <p>
        Обычно так бывает, когда базу ведут отдельно и её адрес задан в <code>DATABASE_URL</code>: копии
        делает тот, кто её ведёт, а журнал о них ничего не знает. Спросите, до какой минуты она сохраняется и
        когда её в последний раз восстанавливали.
      </p>
      <p>
        Если база встроенная, копирование выключено при запуске (<code>BACKUPS=false</code>): уберите это, и
        копии пойдут сами. Как настроить и то и другое, рассказано в руководстве:{' '}
        <code>docs/operations.md</code>.
      </p>
    </Card>
  )
}
