import { createStore } from './store.ts'

/** How a person wants to see the product; kept in this browser only. */
export type View = {
  scheme: 'system' | 'light' | 'dark'
  contrast: 'system' | 'normal' | 'high'
  text: '100' | '125' | '150' | '200'
}

const KEPT_AS = 'zhuravl.view'
const usual: View = { scheme: 'system', contrast: 'system', text: '100' }
const dark = matchMedia('(prefers-color-scheme: dark)')
const moreContrast = matchMedia('(prefers-contrast: more)')

export const view = createStore<View>({ ...usual, ...kept() })

export function chooseView(change: Partial<View>) {
  view.set({ ...view.get(), ...change })
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(view.get()))
  } catch {
    // Storage may be forbidden; the choice then lasts until the page closes.
  }
  show()
}

/** Puts the choice on the page and follows the system where the person left it to the system. */
export function startTheme() {
  dark.addEventListener('change', show)
  moreContrast.addEventListener('change', show)
  show()
}

function show() {
  const { scheme, contrast, text } = view.get()
  const root = document.documentElement
  const isDark = scheme === 'system' ? dark.matches : scheme === 'dark'
  const isHigh = contrast === 'system' ? moreContrast.matches : contrast === 'high'
  root.dataset.theme = isDark ? 'dark' : 'light'
  root.dataset.contrast = isHigh ? 'high' : 'normal'
  root.dataset.text = text
}

function kept(): Partial<View> {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}')
  } catch {
    return {}
  }
}
