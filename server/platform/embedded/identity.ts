import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { program } from './binaries.ts'
import { EmbeddedRefused } from './fault.ts'

/** PostgreSQL refuses to run as root; this is the «nobody» it runs as instead. */
const NOBODY = 65534

/**
 * As whom PostgreSQL runs: `plain` as the caller, `namespace` as the caller seen from a user namespace where
 * he has another number, `setuid` as «nobody» who may still pass the folders on the way to the data.
 */
export type Identity = 'plain' | 'namespace' | 'setuid'

const prefixes: Record<Identity, readonly string[]> = {
  plain: [],
  namespace: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  setuid: [
    ...['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
    // Without this bit access(2) forgets the capability, and initdb finds its own programs unreachable.
    '--securebits=+no_setuid_fixup',
    ...['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override', '--'],
  ],
}

/** The identity that works on this machine; the data stay the caller's own wherever that is possible. */
export function chooseIdentity(): Identity {
  const root = process.getuid?.() === 0
  if (!root && isListed()) return 'plain'
  if (runs([...prefixes.namespace, 'true'])) return 'namespace'
  if (!root) return 'plain'
  if (runs([...prefixes.setuid, program('postgres'), '--version'])) return 'setuid'
  throw new EmbeddedRefused('root-refused')
}

/** The command as this identity runs it. */
export function asIdentity(identity: Identity, command: readonly string[]): { file: string; args: string[] } {
  const [file = '', ...args] = [...prefixes[identity], ...command]
  return { file, args }
}

/** As `asIdentity`, and told by the kernel to shut down («fast») as soon as this process is gone. */
export function asCompanion(
  identity: Identity,
  command: readonly string[],
): { file: string; args: string[] } {
  const leash = ['setpriv', '--pdeathsig', 'INT', '--']
  return asIdentity(identity, runs([...leash, 'true']) ? [...leash, ...command] : command)
}

/** Hands a folder over to the identity, which must own its data; another identity may have served it before. */
export function own(identity: Identity, folder: string): void {
  const root = process.getuid?.() === 0
  const owner = identity === 'setuid' ? NOBODY : 0
  if (!root || statSync(folder).uid === owner) return
  if (!runs(['chown', '-R', `${owner}:${owner}`, folder])) throw new EmbeddedRefused('no-access', folder)
}

function runs([file = '', ...args]: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0
}

/** `initdb` wants its user listed; a container started with a bare number has none. */
function isListed(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}
