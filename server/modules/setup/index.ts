export { setupOperations } from './setup.routes.ts'
export { createSetupLink } from './setup-link.ts'
