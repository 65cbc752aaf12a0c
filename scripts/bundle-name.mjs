import { basename, dirname } from 'node:path'

/** How the bundle of an entry is called in dist/: `cli/main.ts` is `cli-main`. */
export const bundleName = (source) => `${basename(dirname(source))}-${basename(source).replace(/\.ts$/, '')}`
