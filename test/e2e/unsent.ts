import type { Page } from '@playwright/test'
import { expect } from './school.ts'

/** Waits until the page says that so many unsent entries are on this computer's disk: then it may be closed. */
export async function keptUnsent(page: Page, count: number): Promise<void> {
  await page.getByText(`Не отправлено: ${count}`, { exact: true }).click()
  await expect(page.getByText('Введённое хранится на этом устройстве')).toBeVisible()
}
