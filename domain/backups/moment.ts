/** What is being done to open a moment of a copy, in this order. */
export const MOMENT_STEPS = ['unpack', 'check', 'log', 'replay'] as const
export type MomentStep = (typeof MOMENT_STEPS)[number]

/** Why a moment could not be opened; nothing of the try stays. */
export const MOMENT_FAILURES = [
  'folder-silent',
  'no-copies',
  'before-copies',
  'no-room',
  'no-key',
  'log-hole',
  'copy-broken',
  'other-schema',
  'failed',
] as const
export type MomentFailure = (typeof MOMENT_FAILURES)[number]

/** Hours after which an opened moment is closed by itself. */
export const MOMENT_HOURS = 12
