import { type EmbeddedFault, embeddedWords } from './embedded.words.ts'

/** The bundled PostgreSQL cannot serve this folder; `message` is for the person at the terminal. */
export class EmbeddedRefused extends Error {
  readonly fault: EmbeddedFault
  constructor(fault: EmbeddedFault, detail = '') {
    super(embeddedWords(fault, detail))
    this.fault = fault
  }
}
