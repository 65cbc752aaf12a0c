import type { BrowserContext } from '@playwright/test'

// Chromium reports every unhappy answer here; journeys meet them on purpose.
const ordinary =
  /^Failed to load resource: (net::ERR_|the server responded with a status of (401|404|409|503))/

/** Collects what no page may ever do: ask a foreign origin, break the content policy, throw, break the server. */
export function listenForFaults(context: BrowserContext, address: string, faults: string[]): void {
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${address}/`) && !/^(data|blob|about):/.test(url)) faults.push(`asked ${url}`)
  })
  context.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (response.status() >= 500 && response.status() !== 503)
      faults.push(`${response.status()} at ${pathname}`)
  })
  context.on('console', (message) => {
    const text = message.text()
    if (['error', 'warning'].includes(message.type()) && !ordinary.test(text)) faults.push(text)
  })
  context.on('weberror', (fault) => void faults.push(String(fault.error())))
  context.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') faults.push(`a dialog of the browser: ${dialog.message()}`)
    dialog.accept().catch(() => undefined)
  })
}
