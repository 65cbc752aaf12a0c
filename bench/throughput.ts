import autocannon from 'autocannon'
import type { Figure } from './requests.ts'
import type { Schools } from './school.ts'
import { at, tokens } from './seed.ts'

const CLIENTS = 8
const SECONDS = 10

/** How many journal pages a second eight clients get; the load comes from the same two cores. */
export async function measureThroughput({ large }: Schools): Promise<Figure> {
  const result = await autocannon({
    url: `${large.address}/api/journals/${at.journal}`,
    connections: CLIENTS,
    duration: SECONDS,
    headers: { cookie: `zhuravl=${tokens.teacher}` },
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return { name: '8 clients on the grid', unit: 'requests/s', value: result.requests.average, atLeast: 300 }
}
