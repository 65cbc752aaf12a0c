import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ReferredEntry } from '#contract/referrals.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { CardHead } from '#ui/cards.tsx'
import { Card, Soft } from '#ui/layout.tsx'
import { Badge, type Tone } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { dayMonth, moment } from '#web/formats.ts'
import { StaffName } from '#web/staff-name.tsx'
import { paths } from '../../paths.ts'
import { placeWords, presentWords, proposedWords, stateWords } from './line-words.ts'
import styles from './referrals.module.css'

const tones: Record<ReferredEntry['state'], Tone> = {
  waiting: 'warn',
  applied: 'good',
  declined: 'error',
  withdrawn: 'info',
}
const FIRST = 10

/** An entry for a closed lesson: whose and when, what stands and what is proposed, what became of it. */
export function EntryCard({ entry, children }: { entry: ReferredEntry; children?: ReactNode }) {
  const { lessonId, subject, group, day, author, referredAt, decision, state } = entry
  return (
    <Card>
      <CardHead>
        <h2>
          <Link to={paths.lesson} params={{ lessonId }}>
            {journalTitle(subject, group)}, {dayMonth(day)}
          </Link>
        </h2>
        <Badge tone={tones[state]}>{stateWords[state]}</Badge>
      </CardHead>
      <Soft>
        <StaffName of={author} />, {moment(referredAt)}
      </Soft>
      <Lines entry={entry} />
      {decision && (
        <p className={styles.text}>
          <StaffName of={decision.by} />, {moment(decision.at)}
          {decision.reason && `: ${decision.reason}`}
        </p>
      )}
      {children}
    </Card>
  )
}

function Lines({ entry: { lines, day, subject, group, state } }: { entry: ReferredEntry }) {
  const [all, setAll] = useState(false)
  const waiting = state === 'waiting'
  const shown = all ? lines : lines.slice(0, FIRST)
  return (
    <>
      <Table label={`Что предложено: ${journalTitle(subject, group)}, ${dayMonth(day)}`}>
        <thead>
          <tr>
            <th scope="col">Что</th>
            {waiting && <th scope="col">Сейчас</th>}
            <th scope="col">Предложено</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name and never move
            <tr key={n}>
              <th scope="row">{placeWords(line, day)}</th>
              {waiting && <td className={styles.text}>{presentWords(line)}</td>}
              <td className={styles.text}>
                <b>{proposedWords(line)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown.length < lines.length && (
        <Button onClick={() => setAll(true)}>Показать все: {lines.length}</Button>
      )}
    </>
  )
}
