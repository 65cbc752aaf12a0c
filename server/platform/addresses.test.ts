import { expect, test } from 'vitest'
import { isAddressRange, networkOf, shortenedAddress } from './addresses.ts'

test.each([
  ['203.0.113.77', '203.0.113.77', '203.0.113.0'],
  ['::ffff:203.0.113.77', '203.0.113.77', '203.0.113.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::', '2001:db8:1::'],
  ['2001:db8::1', '2001:db8:0:0::', '2001:db8:0::'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::', '2001:db8:1::'],
  ['fe80::1%eth0', 'fe80:0:0:0::', 'fe80:0:0::'],
  ['::1', '0:0:0:0::', '0:0:0::'],
])('%s is counted as %s and kept as %s', (ip, network, kept) => {
  expect([networkOf(ip), shortenedAddress(ip)]).toEqual([network, kept])
})

test.each([
  ['127.0.0.1', true],
  ['10.0.0.0/24', true],
  ['fd00::/8', true],
  ['::1', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
  ['loopback', false],
  ['true', false],
  ['example.org', false],
  ['', false],
])('«%s» as an address or network: %s', (text, is) => {
  expect(isAddressRange(text)).toBe(is)
})
