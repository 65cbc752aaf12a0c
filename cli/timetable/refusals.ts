/** The command was called wrongly; the message says how. */
export class Misuse extends Error {}

/** A file cannot be used; the message says which, where and what to do. */
export class Unreadable extends Error {}
