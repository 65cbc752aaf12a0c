import { type FormEvent, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Row, Stack } from '#ui/layout.tsx'

const USUAL = ['Проверка письменных работ', 'Не было связи', 'Заполняю по бумажному журналу']
const SHORTEST = 3

type Props = { lessons: string[]; onReason: (reason: string) => void; onClose: () => void }

/** Asked once per lesson (4.4, 4.5): why what is entered or changed now was not so on the day. */
export function LateReasonDialog({ lessons, onReason, onClose }: Props) {
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= SHORTEST
  function submit(event: FormEvent) {
    event.preventDefault()
    if (ready) onReason(reason.trim())
  }
  return (
    <Dialog title="Почему запись вносится или меняется позже?" onClose={onClose} unasked>
      <p>
        {lessons.join('; ')}: урок уже прошёл. Введённое ждёт и сохранится, как только будет указана причина.
        Её увидит завуч.
      </p>
      <form onSubmit={submit}>
        <Stack>
          <Row>
            {USUAL.map((usual) => (
              <Button key={usual} onClick={() => onReason(usual)}>
                {usual}
              </Button>
            ))}
          </Row>
          <TextField
            label="Или своими словами"
            value={reason}
            maxLength={300}
            onChange={(event) => setReason(event.target.value)}
          />
          <DialogActions>
            <Button onClick={onClose}>Позже</Button>
            <Button type="submit" variant="primary" disabled={!ready}>
              Сохранить с этой причиной
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
