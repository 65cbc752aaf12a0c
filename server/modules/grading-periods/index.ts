export { gradingPeriodOperations } from './grading-periods.routes.ts'
