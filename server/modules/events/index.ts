export { eventOperations, registerEvents } from './events.routes.ts'
