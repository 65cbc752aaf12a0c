import { check, close, refuseLacking } from './runners.mjs'

if (!refuseLacking()) close(await check())
