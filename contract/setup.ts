import { z } from 'zod'
import { Login } from './accounts.ts'
import { FullName } from './people.ts'
import { OrganizationNames } from './settings.ts'
import { Password } from './shapes.ts'

// The token travels in bodies only: addresses end up in logs and histories.
const token = z.string().min(20).max(100)

export const CheckSetup = z.strictObject({ token })
export type CheckSetup = z.infer<typeof CheckSetup>

/** First run: the organisation and its first administrator, by the one-time link of the console. */
export const Setup = z.strictObject({
  token,
  organizationName: OrganizationNames.shape.name,
  shortName: OrganizationNames.shape.shortName,
  timeZone: OrganizationNames.shape.timeZone,
  ...FullName.shape,
  login: Login,
  password: Password,
})
export type Setup = z.infer<typeof Setup>
