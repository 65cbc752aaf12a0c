/** The moment it is. Given to everything that needs time, so that tests and the demo can stand on any day. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
