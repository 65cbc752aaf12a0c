import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/controls.tsx'
import { PrintIcon } from '#ui/icons.tsx'
import { Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { useUnsaved } from '#ui/unsaved.ts'
import styles from './recovery-codes.module.css'

type Props = { codes: readonly string[]; login: string; onDone: () => void }

/** Ten codes for a day without the phone, to be printed or written down; nothing keeps them after this screen. */
export function RecoveryCodeList({ codes, login, onDone }: Props) {
  const [kept, setKept] = useState(false)
  const [copied, setCopied] = useState<string | null>(null)
  useUnsaved('резервные коды', !kept)
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied('Коды скопированы. Вставьте их туда, где их не увидят другие.'),
      () => setCopied('Браузер не дал скопировать. Выделите коды и скопируйте сами.'),
    )
  return (
    <Stack>
      <div className={styles.screenOnly}>
        <Notice tone="warn" title="Коды видны только сейчас">
          Напечатайте или перепишите их и храните отдельно от телефона. Если телефона нет под рукой, вместо
          кода из приложения подойдёт любой из них, каждый один раз.
        </Notice>
      </div>
      <ol className={styles.codes} aria-label={`Резервные коды, логин ${login}`}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={styles.screenOnly}>
        <Stack>
          <Row>
            <Button onClick={() => window.print()}>
              <PrintIcon /> Напечатать
            </Button>
            <Button onClick={() => void copy()}>Скопировать</Button>
          </Row>
          {copied && <Notice>{copied}</Notice>}
          <Checkbox
            label="Коды сохранены в надёжном месте"
            checked={kept}
            onChange={(event) => setKept(event.target.checked)}
          />
          <Row>
            <Button variant="primary" disabled={!kept} onClick={onDone}>
              Готово
            </Button>
          </Row>
        </Stack>
      </div>
    </Stack>
  )
}
