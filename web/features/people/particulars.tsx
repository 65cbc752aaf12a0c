import type { CreatePerson } from '#contract/people.ts'
import { phoneText } from '#domain/people/contacts.ts'
import { Select, TextField } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Fields } from '#ui/field.tsx'
import type { ApiProblem } from '#web/api.ts'

export type Particulars = Omit<CreatePerson, 'roles' | 'confirmDouble' | 'confirmUnusual'>

type Props = { of?: Particulars; problem: ApiProblem | null }

/** Name and contacts as fields of the form around them. */
export function ParticularsFields({ of, problem }: Props) {
  const fault = (path: keyof Particulars) => problem?.faultOf(path)
  const common = { autoComplete: 'off', spellCheck: false }
  return (
    <Fields>
      <TextField
        label="Фамилия"
        name="lastName"
        required
        maxLength={120}
        defaultValue={of?.lastName}
        error={fault('lastName')}
        {...common}
      />
      <TextField
        label="Имя"
        name="firstName"
        required
        maxLength={120}
        defaultValue={of?.firstName}
        error={fault('firstName')}
        {...common}
      />
      <TextField
        label="Отчество"
        name="middleName"
        optional
        maxLength={120}
        defaultValue={of?.middleName ?? ''}
        error={fault('middleName')}
        {...common}
      />
      <DateField
        label="Дата рождения"
        name="birthOn"
        optional
        min="1900-01-02"
        defaultValue={of?.birthOn ?? ''}
        error={fault('birthOn')}
      />
      <Select label="Пол" name="sex" defaultValue={of?.sex ?? ''} optional>
        <option value="">не указан</option>
        <option value="female">женский</option>
        <option value="male">мужской</option>
      </Select>
      <TextField
        label="Телефон"
        name="phone"
        type="tel"
        optional
        maxLength={100}
        defaultValue={of?.phone ? phoneText(of.phone) : ''}
        error={fault('phone')}
        {...common}
      />
      <TextField
        label="Электронная почта"
        name="email"
        // The browser's own «email» refuses addresses in Russian letters.
        inputMode="email"
        autoCapitalize="none"
        optional
        maxLength={254}
        defaultValue={of?.email ?? ''}
        error={fault('email')}
        {...common}
      />
    </Fields>
  )
}

/** What was typed into the fields above; an empty field is «не указано». */
export function particularsOf(form: FormData): Particulars {
  const text = (name: string): string => String(form.get(name) ?? '').trim()
  const sex = text('sex')
  return {
    lastName: text('lastName'),
    firstName: text('firstName'),
    middleName: text('middleName') || null,
    sex: sex === 'female' || sex === 'male' ? sex : null,
    birthOn: text('birthOn') || null,
    email: text('email') || null,
    phone: text('phone') || null,
  }
}
