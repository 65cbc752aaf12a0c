import { type CarryFault, carryWords } from './major.words.ts'

/** A data folder was not carried over to the next PostgreSQL; `message` is for the person at the terminal. */
export class CarryRefused extends Error {
  readonly fault: CarryFault
  constructor(fault: CarryFault, detail = '') {
    super(carryWords(fault, detail))
    this.fault = fault
  }
}
