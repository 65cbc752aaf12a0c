import type { AccessSlip } from '#contract/accounts.ts'
import { Button } from '#ui/button.tsx'
import { cx } from '#ui/cx.ts'
import { PrintIcon } from '#ui/icons.tsx'
import { PageHeader, Row, Soft } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { counted, moment } from './formats.ts'
import { useSession } from './session.ts'
import styles from './slips.module.css'

type Props = { title: string; slips: AccessSlip[]; onDone: () => void }

/** Logins with their first passwords, to be printed and cut apart; nothing keeps them after this screen. */
export function Slips({ title, slips, onDone }: Props) {
  const { organization } = useSession()
  return (
    <>
      <div className={styles.screenOnly}>
        <PageHeader title={title} lead={counted(slips.length, 'листок', 'листка', 'листков')}>
          <Row>
            <Button variant="primary" onClick={() => window.print()}>
              <PrintIcon /> Напечатать
            </Button>
            <Button onClick={onDone}>Готово, закрыть</Button>
          </Row>
        </PageHeader>
        <Notice tone="warn" title="Пароли видны только сейчас">
          Напечатайте или перепишите их и отдайте каждому лично. Потом посмотреть пароль нельзя — только
          выдать новый.
        </Notice>
      </div>
      <br className={styles.screenOnly} />
      <div className={styles.slips} data-cut-apart>
        {slips.map((slip) => (
          <Slip key={slip.personId} slip={slip} organization={organization.shortName} />
        ))}
      </div>
    </>
  )
}

function Slip({ slip, organization }: { slip: AccessSlip; organization: string }) {
  return (
    <article className={styles.slip} aria-label={slip.name}>
      <Soft>{organization} · электронный журнал</Soft>
      <h2>{slip.name}</h2>
      {slip.about && <Soft>{slip.about}</Soft>}
      <dl className={styles.facts}>
        <dt>Адрес</dt>
        <dd>{location.origin}</dd>
        <dt>Логин</dt>
        <dd className={styles.secret}>{slip.login}</dd>
        <dt className={styles.whole}>Первый пароль</dt>
        <dd className={cx(styles.secret, styles.password)}>{slip.password}</dd>
        <dt>Войти до</dt>
        <dd>{moment(slip.validUntil)}</dd>
      </dl>
      <ol>
        <li>Откройте адрес в браузере, введите логин и первый пароль — латинскими буквами, с чёрточками.</li>
        <li>Придумайте свой пароль: три-четыре слова. Его не будет знать никто, кроме вас.</li>
        <li>Прочитайте и примите правила. Листок уничтожьте, логин и пароль никому не передавайте.</li>
      </ol>
    </article>
  )
}
