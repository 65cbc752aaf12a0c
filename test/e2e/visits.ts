import { expect, type Page } from '@playwright/test'
import type { paths } from '../../web/paths.ts'
import { ids, TODAY, type Who } from '../small-school.ts'
import { ALL_WRONG, hearBackups } from './backup-states.ts'
import { algebra, child } from './big-class.ts'
import { cell } from './grid.ts'
import { hearMoment } from './moment-states.ts'
import type { Filling } from './school.ts'

/** One page as one person sees it in one state; every address of the product must be here at least once. */
export type Visit = {
  page: keyof typeof paths | 'sign-in' | 'not-found'
  /** Nobody for null. */
  who: Who | null
  state: string
  address: string
  h1: string | RegExp
  filling?: Filling
  /** What is arranged before the page is opened. */
  prepare?: (page: Page) => Promise<unknown>
  /** What is done after the page has come: a dialog is opened, a fault is made. */
  act?: (page: Page) => Promise<unknown>
  /** When it is, if not noon of `TODAY`. */
  now?: string
}

const SUNDAY = '2026-11-15'
// Before the first lesson of the intake.
const before = '2026-11-02T05:00:00Z'
const anyone = /\S/
// A name has two words; «Дневник» is the heading until the child is known.
const childName = /\S \S/
const thursday = 'Четверг, 12 ноября'
// The columns of physics in 7А: Monday 9 and today.
const [ninth, today] = [2, 3]
const click = (role: 'button' | 'link', name: string | RegExp) => (page: Page) =>
  page.getByRole(role, { name }).first().click()
const open = (label: string) => (page: Page) => page.locator(`summary[aria-label^="${label}"]`).click()
const diary = (id: string) => ({ address: `/students/${id}/diary`, h1: childName })
const inGrid = (act: (page: Page) => Promise<unknown>) => async (page: Page) => {
  await cell(page, 0, today).focus()
  await act(page)
}

const journal: Omit<Visit, 'who' | 'state'> = {
  page: 'journal',
  address: `/journals/${ids.physics7}`,
  h1: 'Физика, 7А',
}
// A week of 31 children: axe looks at every cell, and the whole intake would take it a minute.
const bigJournal: Omit<Visit, 'who' | 'state'> = {
  page: 'journal',
  address: `/journals/${algebra.journal}`,
  h1: 'Алгебра, 7Б',
  filling: 'class',
  act: click('button', 'Неделя'),
}
const lesson = { page: 'lesson', address: `/lessons/${ids.today}`, h1: 'Физика, 7А' } as const

export const visits: Visit[] = [
  { page: 'sign-in', who: null, state: 'nobody signed in', address: '/', h1: 'Вход' },
  {
    page: 'not-found',
    who: 'teacher',
    state: 'no such page',
    address: '/nowhere',
    h1: 'Страница не найдена',
  },
  { page: 'home', who: 'teacher', state: 'full', address: '/', h1: thursday, filling: 'class' },
  { page: 'day', who: 'teacher', state: 'full', address: `/days/${TODAY}`, h1: thursday, filling: 'class' },
  { page: 'day', who: 'teacher', state: 'empty', address: `/days/${SUNDAY}`, h1: 'Воскресенье, 15 ноября' },
  { page: 'journals', who: 'teacher', state: 'full', address: '/journals', h1: 'Журналы' },
  { page: 'journals', who: 'deputy', state: 'full', address: '/journals', h1: 'Журналы', filling: 'class' },
  { page: 'journals', who: 'homeroom', state: 'full', address: '/journals', h1: 'Журналы' },
  { ...bigJournal, who: 'teacher', state: 'full' },
  { ...journal, who: 'deputy', state: 'reading only' },
  { ...journal, who: 'teacher', state: 'one lesson', act: click('button', 'Один урок') },
  {
    ...journal,
    who: 'teacher',
    state: 'comment dialog',
    act: inGrid(async (page) => {
      await page.keyboard.press('5')
      await page.keyboard.press('F2')
      await expect(page.getByRole('dialog')).toBeVisible()
    }),
  },
  {
    ...journal,
    who: 'teacher',
    state: 'cell menu',
    act: inGrid((page) => page.keyboard.press('Shift+F10')),
  },
  { ...journal, who: 'teacher', state: 'history dialog', act: click('button', 'История клетки') },
  {
    ...journal,
    who: 'teacher',
    state: 'late reason dialog',
    act: async (page) => {
      await cell(page, 1, ninth).focus()
      await page.keyboard.press('5')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    ...journal,
    who: 'teacher',
    state: 'refused paste',
    act: inGrid(async (page) => {
      await page.keyboard.press('9')
      await expect(page.getByRole('region', { name: 'Выбранная клетка' })).toContainText('здесь не ставят')
    }),
  },
  { ...lesson, who: 'teacher', state: 'not filled' },
  { ...lesson, who: 'deputy', state: 'reading only' },
  { ...lesson, who: 'teacher', state: 'work dialog', act: click('button', /работ/i) },
  { ...lesson, who: 'deputy', state: 'substitution dialog', act: click('button', /замен/i) },
  {
    ...lesson,
    who: 'teacher',
    state: 'full class',
    address: `/lessons/${algebra.lesson(algebra.ninth)}`,
    h1: 'Алгебра, 7Б',
    filling: 'class',
  },
  {
    ...lesson,
    who: 'clubTeacher',
    state: 'club',
    address: `/lessons/${ids.chessToday}`,
    h1: 'Шахматы',
  },
  { page: 'home', who: 'motherOfAnna', state: 'two children', address: '/', h1: thursday, filling: 'class' },
  { page: 'home', who: 'anna', state: 'nothing yet', address: '/', h1: thursday },
  { page: 'home', who: 'admin', state: 'full', address: '/', h1: thursday },
  { page: 'home', who: 'carer', state: 'full', address: '/', h1: 'Дневники' },
  {
    page: 'ownDiary',
    who: 'motherOfAnna',
    state: 'two children',
    address: '/diary',
    h1: childName,
    filling: 'class',
  },
  { page: 'diary', who: 'motherOfAnna', state: 'full', ...diary(child(0)), filling: 'class' },
  { page: 'diary', who: 'motherOfGalina', state: 'empty', ...diary(ids.galina) },
  { page: 'diary', who: 'homeroom', state: 'full', ...diary(child(0)), filling: 'class' },
  { page: 'diaries', who: 'carer', state: 'full', address: '/diaries', h1: 'Дневники', filling: 'class' },
  {
    page: 'control',
    who: 'deputy',
    state: 'full',
    address: '/control',
    h1: 'Контроль журнала',
    filling: 'class',
  },
  {
    page: 'control',
    who: 'deputy',
    state: 'empty',
    address: '/control',
    h1: 'Контроль журнала',
    now: before,
  },
  { page: 'control', who: 'homeroom', state: 'own class', address: '/control', h1: 'Контроль журнала' },
  {
    page: 'controlSummary',
    who: 'director',
    state: 'full',
    address: '/',
    h1: 'Сводка по журналу',
    filling: 'class',
  },
  { page: 'windows', who: 'deputy', state: 'empty', address: '/entry-windows', h1: 'Открытые уроки' },
  {
    page: 'windows',
    who: 'deputy',
    state: 'opening dialog',
    address: '/entry-windows',
    h1: 'Открытые уроки',
    act: click('button', /^Открыть/),
  },
  { page: 'referrals', who: 'deputy', state: 'empty', address: '/referred-entries', h1: 'На рассмотрении' },
  {
    page: 'referrals',
    who: 'director',
    state: 'decides nothing',
    address: '/referred-entries',
    h1: 'На рассмотрении',
  },
  {
    page: 'ownReferrals',
    who: 'teacher',
    state: 'empty',
    address: '/own-referred-entries',
    h1: 'Мои записи на рассмотрении',
  },
  {
    page: 'lostEntries',
    who: 'teacher',
    state: 'nothing lost',
    address: '/lost-entries',
    h1: 'Записи после восстановления',
  },
  { page: 'people', who: 'admin', state: 'full', address: '/people', h1: 'Люди', filling: 'class' },
  { page: 'people', who: 'secretary', state: 'full', address: '/people', h1: 'Люди' },
  { page: 'newPerson', who: 'admin', state: 'blank', address: '/people/new', h1: 'Новый человек' },
  {
    page: 'newPerson',
    who: 'admin',
    state: 'refused',
    address: '/people/new',
    h1: 'Новый человек',
    act: click('button', 'Добавить'),
  },
  { page: 'person', who: 'admin', state: 'full', address: `/people/${ids.teacher}`, h1: /^Саркисов/ },
  { page: 'person', who: 'deputy', state: 'full', address: `/people/${ids.teacher}`, h1: /^Саркисов/ },
  { page: 'accessBatch', who: 'admin', state: 'full', address: '/access', h1: 'Доступ для класса' },
  { page: 'approvals', who: 'director', state: 'nothing waits', address: '/approvals', h1: 'Подтверждения' },
  {
    page: 'accessEvents',
    who: 'director',
    state: 'nothing yet',
    address: '/access-events',
    h1: 'Доступ и роли',
  },
  {
    page: 'events',
    who: 'director',
    state: 'full',
    address: '/events',
    h1: 'События',
  },
  { page: 'settings', who: 'deputy', state: 'full', address: '/settings', h1: 'Настройки' },
  { page: 'settings', who: 'admin', state: 'reading only', address: '/settings', h1: 'Настройки' },
  {
    page: 'backups',
    who: 'admin',
    state: 'all wrong',
    address: '/backups',
    h1: 'Резервные копии',
    prepare: (page) => hearBackups(page, () => ALL_WRONG),
  },
  {
    page: 'lessonThen',
    who: 'teacher',
    state: 'wiped',
    address: `/lessons/${ids.today}/then`,
    h1: 'Как было: Физика, 7А',
    prepare: async (page) => void (await hearMoment(page)),
  },
  {
    page: 'studentThen',
    who: 'teacher',
    state: 'wiped',
    address: `/students/${ids.anna}/then`,
    h1: 'Как было: Абрамова Анна Сергеевна',
    prepare: async (page) => void (await hearMoment(page)),
  },
  { page: 'account', who: 'teacher', state: 'full', address: '/account', h1: 'Мой вход' },
  { page: 'setup', who: null, state: 'cut-off link', address: '/setup#abc', h1: anyone, filling: 'empty' },
  { page: 'home', who: 'teacher', state: 'view menu', address: '/', h1: thursday, act: open('Вид: цвета') },
  { page: 'home', who: 'teacher', state: 'person menu', address: '/', h1: thursday, act: open('Вы вошли') },
]
