import * as fc from 'fast-check'

/** Values that a form never sends and an attacker does. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  {},
  [[]],
  'x'.repeat(300),
  'ё'.repeat(5000),
  '2026-11-31',
  '2026-02-30',
  '0000-00-00',
  '99999-01-01',
  '-1000-01-01',
  '275760-09-13',
  '2026-11-12T00:00:00Z',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202eкатель\u202c',
  '\ufeff\u200b',
  '<img src=x onerror=alert(1)>',
  `'; drop table mark; --`,
  '%s%n{{7*7}}$(id)',
  '../../etc/passwd',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'NaN',
  'Infinity',
  '1e999',
  '😀'.repeat(200),
]

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

type Path = (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const deeper = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return [path, ...deeper]
}

function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  if (Array.isArray(value)) return value.map((child, n) => (n === key ? changed(child, rest, change) : child))
  const record = value as Record<string, unknown>
  return { ...record, [key]: changed(record[key], rest, change) }
}

const without = (value: unknown, path: Path): unknown =>
  changed(value, path.slice(0, -1), (parent) => {
    if (Array.isArray(parent)) return parent.filter((_, n) => n !== path.at(-1))
    const { [String(path.at(-1))]: _, ...rest } = parent as Record<string, unknown>
    return rest
  })

/** A right body with one thing in it made wrong. */
export function spoiled(body: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(body)
  const place = fc.constantFrom(...paths)
  const inner = paths.filter((path) => path.length > 0)
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(place, fc.constantFrom(...HOSTILE))
        .map(([at, bad]) => changed(body, at, () => bad)),
    },
    { weight: 2, arbitrary: place.map((at) => changed(body, at, (old) => [old, old])) },
    {
      weight: 1,
      arbitrary: place.map((at) => changed(body, at, (old) => ({ ...(old as object), unknown: 1 }))),
    },
    { weight: 1, arbitrary: place.map((at) => changed(body, at, () => nested(2000))) },
    { weight: 1, arbitrary: place.map((at) => changed(body, at, () => 'я'.repeat(300_000))) },
    {
      weight: 2,
      arbitrary: fc.tuple(place, fc.jsonValue()).map(([at, any]) => changed(body, at, () => any)),
    },
    ...(inner.length > 0
      ? [{ weight: 2, arbitrary: fc.constantFrom(...inner).map((at) => without(body, at)) }]
      : []),
  )
}

/** Bodies that are no JSON, or no honest one. */
export const RAW: readonly { type: string; payload: string }[] = [
  { type: 'application/json', payload: '{"cells":[' },
  { type: 'application/json', payload: '' },
  { type: 'application/json', payload: 'null' },
  { type: 'application/json', payload: '{"__proto__":{"admin":true}}' },
  { type: 'application/json', payload: '{"constructor":{"prototype":{"admin":true}}}' },
  { type: 'application/json', payload: `${'['.repeat(50_000)}` },
  { type: 'application/json', payload: `{"a":"${'x'.repeat(1_100_000)}"}` },
  { type: 'application/json', payload: '{"a":1,"a":2}' },
  { type: 'application/json', payload: '\ufeff{}' },
  { type: 'application/json; charset=utf-16', payload: '{}' },
  { type: 'text/plain', payload: '{}' },
  { type: 'application/x-www-form-urlencoded', payload: 'a=1&a[b]=2' },
  { type: 'multipart/form-data; boundary=x', payload: '--x--' },
  {
    type: 'application/xml',
    payload: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  },
  { type: 'bad type', payload: '{}' },
]
