import { check, close } from './runners.mjs'

close(await check())
