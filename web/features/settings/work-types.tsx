import { type FormEvent, useState } from 'react'
import type { AddWorkType, PutWorkType, WorkType } from '#contract/settings.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Card, Row, Stack } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { ApiProblem } from '#web/api.ts'
import { decimal } from '#web/formats.ts'
import { ChangedMeanwhile, useKeptForm } from '#web/kept-form.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { useSetting } from './use-setting.ts'

/** What marks are given for, and how much each weighs in the average. */
export function WorkTypes({ types, writable }: { types: WorkType[]; writable: boolean }) {
  const [edited, setEdited] = useState<string | null>(null)
  return (
    <Card>
      <h2>Виды работ</h2>
      <p>Вес предлагается для новой работы. В уже сделанных записях он не изменится.</p>
      <Table label="Виды работ">
        <thead>
          <tr>
            <th scope="col">Название</th>
            <th scope="col">Коротко</th>
            <th scope="col" data-number>
              Вес
            </th>
            {writable && <th scope="col">Изменить</th>}
          </tr>
        </thead>
        <tbody>
          {types.map((type) => (
            <tr key={type.id}>
              <th scope="row">
                {type.name} {type.archived && <Badge>в архиве</Badge>}
              </th>
              <td>{type.short}</td>
              <td data-number>{decimal(type.weight)}</td>
              {writable && (
                <td>
                  <Button aria-label={`Изменить: ${type.name}`} onClick={() => setEdited(type.id)}>
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
          <Button onClick={() => setEdited('new')}>Добавить вид работы</Button>
        </Row>
      )}
      {edited && (
        <WorkTypeDialog type={types.find(({ id }) => id === edited) ?? NEW} onClose={() => setEdited(null)} />
      )}
    </Card>
  )
}

const NEW: WorkType = { id: '', name: '', short: '', weight: 1, archived: false, version: 0 }

type Typed = Pick<WorkType, 'name' | 'short' | 'weight' | 'archived'>

const typedIn = ({ name, short, weight, archived }: WorkType): Typed => ({ name, short, weight, archived })

const typedOf = (form: FormData): Typed => ({
  name: String(form.get('name')),
  short: String(form.get('short')),
  weight: Number(String(form.get('weight')).replace(',', '.')),
  archived: form.has('archived'),
})

function changedWords(key: keyof Typed, type: WorkType): { label: string; now: string } {
  if (key === 'weight') return { label: 'Вес', now: decimal(type.weight) }
  if (key === 'archived') return { label: 'В архиве', now: type.archived ? 'да' : 'нет' }
  return { label: key === 'name' ? 'Название' : 'Коротко', now: type[key] }
}

function WorkTypeDialog({ type, onClose }: { type: WorkType; onClose: () => void }) {
  const isNew = type === NEW
  const kept = useKeptForm(type, typedIn, { stays: true })
  const { base } = kept
  const save = useSetting<AddWorkType | PutWorkType>('/api/settings/work-types', onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { archived, ...named } = kept.merge(typedOf(new FormData(event.currentTarget))).merged
    const body = isNew ? named : { ...named, archived, version: type.version }
    if (!save.isPending) save.mutate({ id: isNew ? null : type.id, body })
  }
  const problem = save.error instanceof ApiProblem ? save.error : null
  return (
    <Dialog title={isNew ? 'Новый вид работы' : base.name} onClose={onClose}>
      <form key={kept.key} onSubmit={submit}>
        <Stack>
          <TextField
            label="Название"
            name="name"
            required
            maxLength={60}
            defaultValue={base.name}
            error={problem?.problem.refusal === 'name-taken' ? problem.message : null}
          />
          <TextField
            label="Коротко"
            name="short"
            required
            maxLength={10}
            hint="Видно в заголовке колонки, например «к/р»."
            defaultValue={base.short}
          />
          <TextField
            label="Вес"
            name="weight"
            type="number"
            min={0}
            max={10}
            step={0.25}
            required
            hint="1 — обычная работа, 0 — в средний балл не входит."
            defaultValue={base.weight}
          />
          {!isNew && (
            <Checkbox
              name="archived"
              label="В архиве"
              hint="Для новых работ не предлагается, прежние записи остаются."
              defaultChecked={base.archived}
            />
          )}
          <ChangedMeanwhile
            changed={(kept.changed ?? []).map((key) => changedWords(key, type))}
            onStartAnew={kept.startAnew}
          />
          {problem && problem.problem.refusal !== 'name-taken' && (
            <Notice tone="error">{sentenceOf(problem)}</Notice>
          )}
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
