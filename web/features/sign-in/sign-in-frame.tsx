import type { ReactNode } from 'react'
import { CraneMark } from '#ui/crane-mark.tsx'
import styles from './sign-in.module.css'

/** The quiet page around everything that comes before the journal itself. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.screen}>
      <main className={styles.panel} id="content">
        <div className={styles.brand}>
          <CraneMark size={44} />
          <b>Журавль</b>
        </div>
        <div className={styles.box}>
          <h1 tabIndex={-1}>{title}</h1>
          {children}
        </div>
      </main>
      <footer className={styles.foot}>
        Электронный журнал. Логин и пароль — личные: не передавайте их другим.
      </footer>
    </div>
  )
}
