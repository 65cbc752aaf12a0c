import type { NotePrint } from '#contract/audit.ts'
import { call } from './api.ts'

// Which page it is, by its address; the id in it is the child, the lesson or the journal.
const PAGES: [RegExp, NotePrint['resource']][] = [
  [/^\/journals\/([^/]+)/, 'journal'],
  [/^\/lessons\/([^/]+)/, 'lesson'],
  [/^\/students\/([^/]+)\/(?:diary|then)/, 'diary'],
  [/^\/diary/, 'diary'],
  [/^\/control/, 'control'],
  [/^\/people/, 'people'],
  [/^\/access/, 'access'],
  [/^\/events/, 'audit'],
]
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** What is being printed at this address. */
export function printedPage(pathname: string): NotePrint {
  for (const [page, resource] of PAGES) {
    const found = page.exec(pathname)
    if (found) return { resource, subjectId: found[1] && ID.test(found[1]) ? found[1] : null }
  }
  return { resource: 'other', subjectId: null }
}

/** Notes every printing of a page, however it was begun, until the returned function is called. */
export function notePrints(): () => void {
  const note = () => {
    // Paper comes out whether or not it could be noted.
    call('POST', '/api/prints', { body: printedPage(location.pathname) }).catch(() => undefined)
  }
  addEventListener('beforeprint', note)
  return () => removeEventListener('beforeprint', note)
}
