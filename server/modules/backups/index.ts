export { readHoldings } from './holdings.sql.ts'
