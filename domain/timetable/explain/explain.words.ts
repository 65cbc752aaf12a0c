import type { Constraint, ConstraintKind } from '../constraint.ts'
import {
  cardsText,
  cardText,
  personText,
  roomsText,
  roomText,
  slotsText,
  slotText,
} from '../constraints/names.words.ts'
import { isMade, type TimetableProblem } from '../problem.ts'
import type { CardMove, Explanation, Relaxation } from './explain-unplaced.ts'
import type { Fact, Shared } from './fact.ts'
import type { Finding } from './finding.ts'

/** Conditions by their sense, for sentences in which they stand in the way. */
const CONDITION: Record<ConstraintKind, string> = {
  pause: 'общий перерыв',
  starts: 'отведённое время начала',
  slots: 'отведённое время',
  'days-apart': 'разнесение по дням',
  'days-within': 'близость по дням',
  'per-day': 'число занятий за день',
  'gap-between': 'перерыв между занятиями',
  'same-start': 'одновременное начало',
  'same-day': 'один день',
  'same-period': 'один и тот же урок',
  'not-overlapping': 'запрет идти одновременно',
  consecutive: 'порядок подряд',
  grouped: 'стоять подряд',
  ordered: 'порядок занятий',
  'ends-day': 'последний урок дня',
  'not-last': 'запрет последнего урока',
  'slots-taken': 'число занятых мест',
  simultaneous: 'число занятий одновременно',
  kept: 'неизменность прежнего расписания',
  away: 'время отсутствия',
  gaps: 'предел окон',
  hours: 'предел уроков в день',
  running: 'предел уроков подряд',
  days: 'предел рабочих дней',
  'late-starts': 'начало дня с первого урока',
  'interval-days': 'предел дней с уроками в это время',
  span: 'длина дня',
  rest: 'отдых между днями',
  'gap-after': 'перерыв после занятия',
  'day-points': 'трудность дня',
  'room-away': 'недоступность кабинета',
  rooms: 'отведённые кабинеты',
  'home-rooms': 'свои кабинеты',
  'same-room-if-consecutive': 'один кабинет подряд',
  'different-rooms': 'число кабинетов',
  'building-changes': 'предел переходов между зданиями',
  'building-gap': 'время на переход в другое здание',
}

/** Which condition it is, whom it is about and where it comes from. */
function conditionText(problem: TimetableProblem, index: number): string {
  const one: Constraint | undefined = problem.constraints[index]
  if (!one) return 'неизвестное условие'
  const people =
    'people' in one
      ? [
          ...one.people.teachers.map((teacher) => problem.teachers[teacher]?.name ?? '?'),
          ...one.people.atoms.map((atom) => problem.atoms[atom]?.name ?? '?'),
        ]
      : []
  const named = people.slice(0, 3).join(', ') + (people.length > 3 ? ` и ещё ${people.length - 3}` : '')
  const room = one.kind === 'room-away' ? `: ${roomText(problem, one.room)}` : ''
  const source = one.source ? `; ${one.source}` : ''
  return `условие «${CONDITION[one.kind]}»${room}${named ? ` (${named}${source})` : source && ` (${one.source})`}`
}

function sharedText(problem: TimetableProblem, shared: Shared): string {
  return 'room' in shared
    ? roomText(problem, shared.room)
    : personText(problem, shared).toLowerCase().slice(0, 1) + personText(problem, shared).slice(1)
}

/** One fact in words. */
export function factText(problem: TimetableProblem, fact: Fact): string {
  switch (fact.kind) {
    case 'card':
      return `место занимает ${cardText(problem, fact.activity)}: общее с ней ${sharedText(problem, fact.shared)}`
    case 'constraint':
      return conditionText(problem, fact.constraint)
    case 'capacity':
      return `${roomText(problem, fact.room)} мал: мест ${problem.rooms[fact.room]?.capacity ?? 0}`
    case 'parts':
      return isMade(problem.rooms[fact.room])
        ? `${roomText(problem, fact.room)} не из чего составить: нужные для него кабинеты заняты`
        : `${roomText(problem, fact.room)} нужен занятиям в составных кабинетах`
  }
}

function moveText(problem: TimetableProblem, activity: number, moves: readonly CardMove[]): string {
  const to = moves.find((move) => move.activity === activity)?.to
  const where = to
    ? `, например: ${slotText(problem, to.slot)}`
    : ' (свободного места для неё сейчас нет: понадобится подвинуть и другие)'
  return `переставить ${cardText(problem, activity)}${where}`
}

function giveText(problem: TimetableProblem, fact: Fact, moves: readonly CardMove[]): string {
  switch (fact.kind) {
    case 'card':
      return moveText(problem, fact.activity, moves)
    case 'constraint':
      return `ослабить ${conditionText(problem, fact.constraint)}`
    case 'capacity':
      return `разрешить ${roomText(problem, fact.room)} или увеличить число мест в нём`
    case 'parts':
      return isMade(problem.rooms[fact.room])
        ? `освободить кабинеты, из которых составлен ${roomText(problem, fact.room)}`
        : `составить кабинеты без него: ${roomText(problem, fact.room)}`
  }
}

/** A relaxation in words: what to give up, and what it opens. */
export function relaxationText(problem: TimetableProblem, { give, slots, moves }: Relaxation): string {
  const given = give.map((fact) => giveText(problem, fact, moves)).join(' и ')
  return `${given}; тогда подойдёт ${slotsText(problem, slots)}`
}

/** Why a card has no place and what would help, as a paragraph with lists. */
export function explanationText(problem: TimetableProblem, explanation: Explanation): string {
  const { activity, facts, relaxations, free } = explanation
  const name = cardText(problem, activity)
  if (free) return `${name} ещё можно поставить: ${slotText(problem, free.slot)}.`
  const card = problem.activities[activity]
  if ((card?.length ?? 1) > problem.periods.length)
    return `${name} длиннее дня: уроков ${card?.length ?? 1}, а в дне их ${problem.periods.length}. Разделите карточку.`
  const why = facts.map((fact) => `  – ${factText(problem, fact)}`)
  const helps = relaxations.map((one) => `  – ${relaxationText(problem, one)}`)
  return [
    `${name} не помещается. Вместе мешают:`,
    ...why,
    ...(helps.length > 0 ? ['Поможет одно из этого:', ...helps] : ['Одной уступкой здесь не помочь.']),
  ].join('\n')
}

/** A finding before the search in one sentence: what can never fit, why, what to do. */
export function findingText(problem: TimetableProblem, finding: Finding): string {
  switch (finding.kind) {
    case 'too-long':
      return `${cardText(problem, finding.activity)} длиннее дня: уроков в дне ${finding.periods}. Разделите карточку.`
    case 'no-place':
      return `${cardText(problem, finding.activity)} негде поставить даже в пустом расписании. Вместе мешают: ${finding.facts.map((fact) => factText(problem, fact)).join('; ')}. Ослабьте одно из этого.`
    case 'overfull':
      return `${capital(sharedText(problem, finding.who))}: уроков ${finding.needed}, а мест для них ${finding.available} (${slotsText(problem, finding.slots)}). Карточки: ${cardsText(problem, finding.activities)}. Откройте ещё время или уменьшите нагрузку.`
    case 'over-limits':
      return `${capital(sharedText(problem, finding.who))}: уроков ${finding.needed}, а в дни по условиям помещается ${finding.available}${finding.constraints.length > 0 ? ` (${finding.constraints.map((one) => conditionText(problem, one)).join('; ')})` : ''}. Поднимите предел или уменьшите нагрузку.`
    case 'rooms-overfull':
      return `Кабинетов ${roomsText(problem, finding.rooms)} не хватает: уроков ${finding.needed}, а мест ${finding.available}. Карточки: ${cardsText(problem, finding.activities)}. Добавьте кабинет или время.`
    case 'same-start-clash':
      return `${cardsText(problem, finding.activities)} должны начинаться одновременно, но общее у них: ${sharedText(problem, finding.who)}. Разведите их или уберите условие.`
    case 'same-start-apart': {
      const [first, second] = finding.activities.map((activity) => cardText(problem, activity))
      const [early, late] = finding.starts.map((starts) => slotsText(problem, starts))
      return `${first} и ${second} должны начинаться одновременно, а общего времени у них нет: у первой ${early}, у второй ${late}. Снимите закрепление с одной из них, откройте им общее время или уберите ${conditionText(problem, finding.constraint)}.`
    }
    case 'fixed-clash':
      return `${cardsText(problem, finding.activities)} закреплены на одно время (${slotText(problem, finding.slot)}), а общее у них: ${sharedText(problem, finding.who)}. Снимите закрепление с одной из них.`
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
