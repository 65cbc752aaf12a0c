export { diaryOperations } from './diary.routes.ts'
