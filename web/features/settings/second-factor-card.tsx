import type { SecondFactorRules, Settings } from '#contract/settings.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { STAFF } from '#domain/access/second-factor.ts'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Fields } from '#ui/field.tsx'
import { Card } from '#ui/layout.tsx'
import { call } from '#web/api.ts'
import { useKeptForm } from '#web/kept-form.tsx'
import { roleWords } from '#web/role-words.ts'
import styles from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'

const rulesIn = ({ secondFactor }: Settings): SecondFactorRules => secondFactor
const rulesOf = (form: FormData): SecondFactorRules => ({
  roles: STAFF.filter((role) => form.has(role)).sort(),
  days: Number(form.get('days')),
})

function ruleWords(key: keyof SecondFactorRules, { secondFactor }: Settings): { label: string; now: string } {
  if (key === 'days') return { label: 'Дней на настройку', now: String(secondFactor.days) }
  const named = STAFF.filter((role) => secondFactor.roles.includes(role)).map((role) => roleWords[role])
  return { label: 'Кому обязателен', now: named.join(', ') || 'никому' }
}

/** Who must have a second factor, and how many days there are to set it up. */
export function SecondFactorCard({ settings, writable }: { settings: Settings; writable: boolean }) {
  const kept = useKeptForm(settings, rulesIn)
  const { secondFactor } = kept.base
  const save = (rules: SecondFactorRules, version: number) =>
    call('PUT', '/api/settings/second-factor', { body: { ...rules, version } })
  const box = (role: (typeof STAFF)[number]) => (
    <Checkbox
      key={role}
      name={role}
      label={roleWords[role]}
      defaultChecked={secondFactor.roles.includes(role)}
    />
  )
  const isPrivileged = (role: (typeof STAFF)[number]) => PRIVILEGED.includes(role)
  return (
    <Card>
      <h2>Второй фактор</h2>
      <p>
        Кроме пароля при входе нужен код из приложения на телефоне. Включить его может каждый сотрудник, а
        тем, кто отмечен здесь, он обязателен. Кто не успел в срок, тому открыта только страница настройки.
      </p>
      <SettingsForm
        kept={kept}
        settings={settings}
        part={rulesIn}
        what="настройку «Второй фактор»"
        writable={writable}
        who="Изменяет директор."
        fieldsOf={rulesOf}
        save={save}
        words={(key) => ruleWords(key, settings)}
      >
        <fieldset className={styles.plain}>
          <legend>Кому обязателен: решают за весь центр</legend>
          {STAFF.filter(isPrivileged).map(box)}
        </fieldset>
        <fieldset className={styles.plain}>
          <legend>Кому обязателен: остальные сотрудники</legend>
          {STAFF.filter((one) => !isPrivileged(one)).map(box)}
        </fieldset>
        <Fields>
          <TextField
            label="Сколько дней даётся на настройку"
            name="days"
            type="number"
            min={0}
            max={366}
            required
            hint="Считаются со дня, когда роль отмечена здесь, а для нового сотрудника — с первого дня в роли."
            defaultValue={secondFactor.days}
          />
        </Fields>
      </SettingsForm>
    </Card>
  )
}
