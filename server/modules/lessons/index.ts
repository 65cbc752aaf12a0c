export { lessonOperations } from './lessons.routes.ts'
