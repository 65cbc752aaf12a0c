export { lessonOperations } from './lessons.routes.ts'
export { putAttendance } from './put-attendance.ts'
export { putHomework } from './put-homework.ts'
export { putRecord } from './put-record.ts'
