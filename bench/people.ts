import { type Crowd, watch } from './population.ts'

/** The people of a load, in a process of their own. */
const seen = await watch(JSON.parse(process.argv[2] ?? '{}') as Crowd)
process.send?.(seen, () => process.exit(0))
