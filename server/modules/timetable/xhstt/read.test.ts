import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileFaultLine } from '../faults.words.ts'
import { evaluateXhstt } from './evaluate.ts'
import { readXhstt, type XhsttArchive } from './read.ts'

const FILE = 'small-xhstt.xml'
const text = readFileSync(join(import.meta.dirname, '../../../../test/timetable/files', FILE), 'utf8')

function archiveOf(source: string): XhsttArchive {
  const { archive, faults } = readXhstt(source, FILE)
  expect(faults.map(fileFaultLine)).toEqual([])
  if (!archive) throw new Error('nothing read')
  return archive
}

const { instances, solutions } = archiveOf(text)
const [instance] = instances
const [solution] = solutions
if (!instance || !solution) throw new Error('no instance')

describe('an archive', () => {
  test('is read with every kind of constraint', () => {
    expect(instance.constraints.map(({ kind }) => kind)).toHaveLength(16)
    expect(new Set(instance.constraints.map(({ kind }) => kind)).size).toBe(16)
    expect(instance.times.map(({ id }) => id)).toEqual(['Mo1', 'Mo2', 'Mo3', 'Tu1', 'Tu2', 'Tu3'])
    expect(instance.timeGroups.map(({ id, kind, members }) => [id, kind, members])).toEqual([
      ['Mo', 'day', [0, 1, 2]],
      ['Tu', 'day', [3, 4, 5]],
      ['Doubles', 'group', [0, 1, 3, 4]],
    ])
  })

  test('gives an event the resources of its groups, and a workload of its own or of the resource', () => {
    const [maths, maths5b, , , assembly] = instance.events
    expect(maths?.resources.map(({ workload }) => workload)).toEqual([3, 3])
    expect(maths5b?.resources.map(({ role, workload }) => [role, workload])).toEqual([
      [null, 4],
      ['Class', 2],
    ])
    expect(assembly?.resources.map(({ resource }) => instance.resources[resource ?? -1]?.id)).toEqual([
      '5a',
      '5b',
    ])
    expect(assembly?.time).toBe(3)
  })

  test('has solutions whose reported costs the evaluator reckons too', () => {
    const { infeasibility, objective, byConstraint } = evaluateXhstt(instance, solution)
    expect([infeasibility, objective]).toEqual([3, 8])
    expect(solution.report).toMatchObject({ infeasibility, objective })
    const costs = byConstraint.flatMap(({ id, cost }) => (cost > 0 ? [[id, cost]] : []))
    expect(costs).toEqual([
      ['gym', 2],
      ['oneplace', 1],
      ['together', 2],
      ['order', 3],
      ['away', 1],
      ['hours', 1],
      ['work', 1],
    ])
    const away = byConstraint.find(({ id }) => id === 'away')?.at[0]
    expect(solution.report?.costs).toEqual([
      { on: instance.resources[away?.index ?? -1]?.id, constraint: 'away', cost: away?.cost },
    ])
  })
})

type Broken = [what: string, was: string, becomes: string, at: string, says: string]

// The fault is expected on the line where the text of `at` stands in the broken file.
const BROKEN: Broken[] = [
  ['an end tag of another element', '<Name>Mo1</Name>', '<Name>Mo1</Nam>', '<Name>Mo1', 'Файл XML испорчен'],
  [
    'a reference to nothing',
    '<Time Reference="Tu3"/></Times>',
    '<Time Reference="We9"/></Times>',
    'We9',
    '«We9»',
  ],
  [
    'a resource of no type',
    '<Name>Ann</Name><ResourceType Reference="Teacher"/>',
    '<Name>Ann</Name>',
    '<Resource Id="Ann">',
    '<ResourceType> в <Resource>',
  ],
  [
    'a resource nobody could be found for',
    '<Role>Place</Role><ResourceType',
    '<ResourceType',
    '<Resource Reference="Bob"/>',
    '<Role> в <Resource>',
  ],
  ['an id used twice', '<Event Id="Maths5b">', '<Event  Id="Maths5a">', '<Event  Id', '«Maths5a»'],
  ['an id left out', '<Resource Id="Ann">', '<Resource>', '<Name>Ann', 'Пустое значение в <Resource Id>'],
  ['a duration in words', '<Duration>3<', '<Duration>three<', '>three<', '«three» в <Duration> — не число'],
  ['an event of no duration', '<Duration>3<', '<Duration>0<', '<Event Id="Maths5a">', 'не меньше 1'],
  ['a truth that is neither', '<Required>true<', '<Required>maybe<', 'maybe', 'Допустимо: true, false'],
  ['a cost function nobody knows', '<CostFunction>Step<', '<CostFunction>Cubic<', 'Cubic', 'Step, Linear'],
  [
    'a constraint nobody knows',
    '<Constraints>',
    '<Constraints><LimitSleepConstraint/>',
    '<LimitSleepConstraint/>',
    'LimitSleepConstraint',
  ],
  [
    'a constraint that applies to nothing',
    '<AppliesTo><EventPairs>',
    '<AppliesTo/><AppliesToo><EventPairs>',
    '<AppliesToo>',
    '<EventPairs> в <AppliesTo>',
  ],
  [
    'a part past the end of the week',
    '<Event Reference="Maths5b"><Duration>1</Duration><Time Reference="Tu3"/>',
    '<Event Reference="Maths5b"><Duration>2</Duration><Time Reference="Tu3"/>',
    '<Event Reference="Maths5b"><Duration>2<',
    'не больше 1',
  ],
  [
    'parts that do not add up',
    '<Event Reference="Maths5b"><Duration>1</Duration><Time Reference="Mo3"/></Event>',
    '',
    '<Event Reference="Maths5b">',
    'длятся вместе 1, а всё занятие — 2',
  ],
  ['a role the event does not have', 'Hall"><Role>Place<', 'Hall"><Role>Cook<', 'Cook', 'Допустимо: Place'],
  ['somebody of the wrong type in a role', '"Hall"><Role>', '"Eve"><Role>', '"Eve"><Role>', '<Role>'],
  [
    'a solution of another instance',
    '<Solution Reference="SMALL">',
    '<Solution Reference="BIG">',
    'BIG',
    '«BIG»',
  ],
]

describe('a file with', () => {
  test.each(BROKEN)('%s is refused with its line', (_, was, becomes, at, says) => {
    expect(text).toContain(was)
    const broken = text
      .replace(was, becomes)
      .replace(
        '</EventPairs></AppliesTo>',
        becomes.endsWith('<AppliesToo><EventPairs>') ? '</EventPairs></AppliesToo>' : '$&',
      )
    const line = broken.slice(0, broken.indexOf(at)).split('\n').length
    const { archive, faults } = readXhstt(broken, FILE)
    expect(archive).toBeNull()
    const [first = ''] = faults.map(fileFaultLine)
    expect(first).toContain(`${FILE}, строка ${line}: `)
    expect(first).toContain(says)
  })

  test('another format is refused', () => {
    expect(readXhstt('<?xml version="1.0"?>\n<fet/>', 'a.fet').faults.map(fileFaultLine)).toEqual([
      expect.stringContaining(
        'a.fet, строка 2: Файл начинается с <fet>, а нужен <HighSchoolTimetableArchive>',
      ),
    ])
  })

  test('a time other than the one given for an event is refused', () => {
    const added =
      '<Event Reference="Assembly"><Time Reference="Mo1"/></Event>\n        </Events>\n        <Report>'
    const { faults } = readXhstt(text.replace('</Events>\n        <Report>', added), FILE)
    expect(faults.map(({ code, value, hint }) => [code, value, hint.why])).toEqual([
      ['value-unknown', 'Mo1', 'Tu1'],
    ])
  })

  test('no instance at all is refused', () => {
    const empty = '<HighSchoolTimetableArchive><Instances/></HighSchoolTimetableArchive>'
    expect(readXhstt(empty, FILE).faults.map(({ code }) => code)).toEqual(['nothing-to-place'])
  })
})
