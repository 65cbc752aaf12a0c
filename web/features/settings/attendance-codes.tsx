import { type FormEvent, useState } from 'react'
import type { AddAttendanceCode, AttendanceCode, PutAttendanceCode } from '#contract/settings.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Card, Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { ApiProblem } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { useSetting } from './use-setting.ts'

function meaning({ absent, counted }: Pick<AttendanceCode, 'absent' | 'counted'>): string {
  if (!absent) return 'был на уроке'
  return counted ? 'не был, считается пропуском' : 'не был, пропуском не считается'
}

/** The signs of attendance and what each counts as. */
export function AttendanceCodes({ codes, writable }: { codes: AttendanceCode[]; writable: boolean }) {
  const [edited, setEdited] = useState<AttendanceCode | 'new' | null>(null)
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
                  <Button aria-label={`Изменить: ${code.name}`} onClick={() => setEdited(code)}>
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
      {edited && <CodeDialog code={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Card>
  )
}

function CodeDialog({ code, onClose }: { code: AttendanceCode | null; onClose: () => void }) {
  const save = useSetting<AddAttendanceCode | PutAttendanceCode>('/api/settings/attendance-codes', onClose)
  const [absent, setAbsent] = useState(code?.absent ?? true)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = { name: String(form.get('name')), absent, counted: absent && form.has('counted') }
    const body = code
      ? { ...typed, version: code.version }
      : { ...typed, code: String(form.get('code')).trim() }
    if (!save.isPending) save.mutate({ id: code?.id ?? null, body })
  }
  const problem = save.error instanceof ApiProblem ? save.error : null
  const taken = problem?.problem.refusal === 'name-taken'
  return (
    <Dialog title={code ? `Обозначение «${code.code}»` : 'Новое обозначение'} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          {!code && (
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
          <TextField label="Что значит" name="name" required maxLength={60} defaultValue={code?.name} />
          <Checkbox
            label="Ребёнка не было на уроке"
            checked={absent}
            onChange={(event) => setAbsent(event.target.checked)}
          />
          <Checkbox
            name="counted"
            label="Считается пропуском"
            hint="Процедура и освобождение пропуском не считаются."
            disabled={!absent}
            defaultChecked={code?.counted ?? true}
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
