import { type FormEvent, useState } from 'react'
import type { AddAttendanceCode, AttendanceCode, PutAttendanceCode } from '#contract/settings.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Card, Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { ApiProblem } from '#web/api.ts'
import { ChangedMeanwhile, useKeptForm } from '#web/kept-form.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { useSetting } from './use-setting.ts'

function meaning({ absent, counted }: Pick<AttendanceCode, 'absent' | 'counted'>): string {
  if (!absent) return 'на уроке'
  return counted ? 'отсутствие, считается пропуском' : 'отсутствие, пропуском не считается'
}

/** The signs of attendance and what each counts as. */
export function AttendanceCodes({ codes, writable }: { codes: AttendanceCode[]; writable: boolean }) {
  const [edited, setEdited] = useState<string | null>(null)
  return (
    <Card>
      <h2>Обозначения посещаемости</h2>
      <Table label="Обозначения посещаемости">
        <thead>
          <tr>
            <th scope="col">Знак</th>
            <th scope="col">Что значит</th>
            <th scope="col">Как считается</th>
            {writable && <th scope="col">Изменить</th>}
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code.id}>
              <th scope="row">{code.code}</th>
              <td>{code.name}</td>
              <td>{meaning(code)}</td>
              {writable && (
                <td>
                  <Button aria-label={`Изменить: ${code.name}`} onClick={() => setEdited(code.id)}>
                    Изменить
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
      {writable && (
        <Row>
          <Button onClick={() => setEdited('new')}>Добавить обозначение</Button>
        </Row>
      )}
      {edited && (
        <CodeDialog code={codes.find(({ id }) => id === edited) ?? NEW} onClose={() => setEdited(null)} />
      )}
    </Card>
  )
}

const NEW: AttendanceCode = { id: '', code: '', name: '', absent: true, counted: true, version: 0 }

type Typed = Pick<AttendanceCode, 'name' | 'absent' | 'counted'>

const typedIn = ({ name, absent, counted }: AttendanceCode): Typed => ({ name, absent, counted })

const changedWords = (key: keyof Typed, code: AttendanceCode) =>
  key === 'name' ? { label: 'Что значит', now: code.name } : { label: 'Как считается', now: meaning(code) }

function CodeDialog({ code, onClose }: { code: AttendanceCode; onClose: () => void }) {
  const isNew = code === NEW
  const kept = useKeptForm(code, typedIn, { stays: true })
  const { base } = kept
  const save = useSetting<AddAttendanceCode | PutAttendanceCode>('/api/settings/attendance-codes', onClose)
  const [absent, setAbsent] = useState(base.absent)
  const startAnew = () => {
    setAbsent(code.absent)
    kept.startAnew()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = kept.merge({
      name: String(form.get('name')),
      absent,
      counted: absent && form.has('counted'),
    }).merged
    const body = isNew
      ? { ...typed, code: String(form.get('code')).trim() }
      : { ...typed, version: code.version }
    if (!save.isPending) save.mutate({ id: isNew ? null : code.id, body })
  }
  const problem = save.error instanceof ApiProblem ? save.error : null
  const taken = problem?.problem.refusal === 'name-taken'
  return (
    <Dialog title={isNew ? 'Новое обозначение' : `Обозначение «${code.code}»`} onClose={onClose}>
      <form key={kept.key} onSubmit={submit}>
        <Stack>
          {isNew && (
            <TextField
              label="Знак"
              name="code"
              required
              maxLength={4}
              pattern="\s*\p{L}+\s*"
              title="От одной до четырёх букв"
              hint="От одной до четырёх букв. Потом не изменяется: он стоит в записях."
              autoComplete="off"
              autoCapitalize="none"
              error={taken ? problem?.message : null}
            />
          )}
          <TextField label="Что значит" name="name" required maxLength={60} defaultValue={base.name} />
          <Checkbox
            label="Отсутствие на уроке"
            checked={absent}
            onChange={(event) => setAbsent(event.target.checked)}
          />
          <Checkbox
            name="counted"
            label="Считается пропуском"
            hint="Процедура и освобождение пропуском не считаются."
            disabled={!absent}
            defaultChecked={base.counted}
          />
          <ChangedMeanwhile
            changed={(kept.changed ?? []).map((key) => changedWords(key, code))}
            onStartAnew={startAnew}
          />
          {problem && !taken && <Notice tone="error">{sentenceOf(problem)}</Notice>}
          <DialogActions>
            <Button onClick={onClose}>Отменить</Button>
            <Button type="submit" variant="primary" busy={save.isPending}>
              Сохранить
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
