import { ids } from '../small-school.ts'
import { hearMoment } from './moment-states.ts'
import { expect, test } from './school.ts'

test('a teacher takes back of a lesson what was ticked, with a reason, and is told what was refused', async ({
  as,
}) => {
  const page = await as('teacher')
  const { sent } = await hearMoment(page)
  await page.goto(`/lessons/${ids.today}`)
  await page.getByRole('link', { name: 'Как было 12 ноября, 11:00' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Как было: Физика, 7А')
  const then = page.getByRole('region', { name: 'Журнал, каким он был 12 ноября, 11:00, только чтение' })
  const rows = then.getByRole('table', { name: /^Отличается/ }).getByRole('row')
  await expect(rows).toHaveText([
    /Вернуть\s*Что\s*Было\s*Сейчас\s*Отличие/,
    /Тема урока\s*Диффузия в газах и жидкостях\s*ничего\s*− пропало/,
    /Домашнее задание\s*§ 12, вопросы 1–4 \(20 мин\)\s*Не то задание\s*≠ изменено/,
    /Абрамова Анна, ответ на уроке\s*5, «у доски»\s*ничего\s*− пропало/,
    /Белов Борис, посещаемость\s*не отмечено\s*н — отсутствие\s*\+ появилось позже/,
    /Белов Борис, ответ на уроке\s*4\s*2\s*≠ изменено/,
  ])
  // What did not stand then is nothing to take back; what is the same is not offered.
  await expect(then.getByRole('checkbox')).toHaveCount(4)
  const button = then.getByRole('button', { name: /^Вернуть отмеченное/ })
  await expect(button).toBeDisabled()
  await then.getByRole('checkbox', { name: 'Вернуть: Тема урока' }).check()
  await then.getByRole('checkbox', { name: 'Вернуть: Домашнее задание' }).check()
  await then.getByRole('checkbox', { name: 'Вернуть: Абрамова Анна, ответ на уроке' }).check()
  await expect(button).toHaveText('Вернуть отмеченное: 3')
  await button.click()
  expect(sent).toEqual([])
  const reason = then.getByLabel('Почему возвращается')
  await expect(reason).toBeFocused()
  await reason.fill('Стёрто поздней загрузкой')
  await reason.press('Enter')

  await expect(then.getByText('Возвращено в журнал: 2 записи.')).toBeVisible()
  await expect(then.getByRole('alert')).toContainText('Возвращено не всё')
  const wanted = { at: '2026-11-12T08:00:00.000Z', reason: 'Стёрто поздней загрузкой' }
  expect(sent).toEqual([
    { kind: 'record', ...wanted, lessonId: ids.today, version: 2 },
    { kind: 'homework', ...wanted, lessonId: ids.today, version: 2 },
    {
      kind: 'cells',
      ...wanted,
      journalId: ids.physics7,
      cells: [{ lessonId: ids.today, studentId: ids.anna, workId: ids.today, version: 2 }],
    },
  ])
  // Taken back, they are the same; refused, it is ticked still, and its reason stands.
  await expect(rows).toHaveCount(4)
  await expect(then.getByRole('checkbox', { name: 'Вернуть: Домашнее задание' })).toBeChecked()
  await expect(reason).toHaveValue('Стёрто поздней загрузкой')
})
