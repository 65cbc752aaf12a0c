// The whole of CI, on a laptop as anywhere: nothing is skipped because something before it failed.
import { add, check, close, generated, journeys, vitest } from './runners.mjs'

const results = []
for (const run of [check, generated, vitest, journeys]) results.push(await run())
close(add(...results))
