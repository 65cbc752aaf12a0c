export { windowOperations } from './windows.routes.ts'
