import { Disclosure } from '#ui/disclosure.tsx'
import { ContrastIcon } from '#ui/icons.tsx'
import { useStore } from '#web/store.ts'
import { chooseView, type View, view } from '#web/theme.ts'
import styles from './shell.module.css'

/** Colours, contrast and size of the text, for whoever needs them otherwise. */
export function ViewMenu() {
  const chosen = useStore(view)
  return (
    <Disclosure label={<ContrastIcon />} accessibleName="Вид: цвета и размер текста">
      <Choice
        legend="Цвета"
        name="scheme"
        value={chosen.scheme}
        options={{ system: 'Как на компьютере', light: 'Светлые', dark: 'Тёмные' }}
      />
      <Choice
        legend="Контраст"
        name="contrast"
        value={chosen.contrast}
        options={{ system: 'Как на компьютере', normal: 'Обычный', high: 'Высокий' }}
      />
      <Choice
        legend="Размер текста"
        name="text"
        value={chosen.text}
        options={{ '100': 'Обычный', '125': 'Крупнее', '150': 'Крупный', '200': 'Очень крупный' }}
      />
    </Disclosure>
  )
}

type ChoiceProps = {
  legend: string
  name: keyof View
  value: string
  options: Record<string, string>
}

function Choice({ legend, name, value, options }: ChoiceProps) {
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {Object.entries(options).map(([option, label]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={value === option}
            onChange={() => chooseView({ [name]: option })}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
