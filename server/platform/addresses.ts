import { isIP, isIPv4, isIPv6 } from 'node:net'

/** Whether the text is an address or a network of addresses: `10.0.0.1`, `10.0.0.0/24`, `fd00::/8`. */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  if (isIP(address) === 0 || more !== undefined) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv4(address) ? 32 : 128)
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? []
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after]
  return groups.map((group) => Number.parseInt(group || '0', 16).toString(16))
}

/** Who is counted as one: an IPv4 address; of IPv6 its network of 64 bits, since one household has a whole one. */
export function networkOf(ip: string): string {
  const address = MAPPED.exec(ip)?.[1] ?? ip
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::` : address
}

/** What is kept of an address for later: enough to tell home from school, not enough to name a household. */
export function shortenedAddress(ip: string): string {
  const address = MAPPED.exec(ip)?.[1] ?? ip
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0`
  return isIPv6(address) ? `${groupsOf(address).slice(0, 3).join(':')}::` : ''
}
