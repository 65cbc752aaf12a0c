/** The line was typed otherwise than a command understands; `message` says what it does understand. */
export class Mistyped extends Error {}
