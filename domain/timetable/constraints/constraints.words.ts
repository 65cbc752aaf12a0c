import { type BrokenPlace, type Clash, type Constraint, type ConstraintKind, HARD } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { weightWord } from '../weight.ts'
import { WEIGHT_TEXT } from '../weight.words.ts'
import { isHardPlace } from './cost.ts'
import {
  cardsText,
  cardText,
  dayText,
  limitsText,
  personText,
  roomsText,
  roomText,
  slotsText,
  slotText,
} from './names.words.ts'
import type { Asked } from './piece.ts'

type Told<K extends ConstraintKind> = (
  problem: TimetableProblem,
  place: BrokenPlace,
  asked: Asked<K>,
) => string

const cards = (problem: TimetableProblem, { activities }: BrokenPlace) => cardsText(problem, activities)
const slots = (problem: TimetableProblem, place: BrokenPlace) => slotsText(problem, place.slots)
const person = (problem: TimetableProblem, place: BrokenPlace) => personText(problem, place)
const day = (problem: TimetableProblem, { slots: [slot = 0] }: BrokenPlace) => dayText(problem, slot)
const of = (only: readonly number[] | undefined) => (only ? ' этих занятий' : '')

const TEXTS: { readonly [K in ConstraintKind]: Told<K> } = {
  pause: (p, at) => `${cards(p, at)} попадает на общий перерыв: ${slots(p, at)}`,
  starts: (p, at) => `${cards(p, at)} начинается не в отведённое время: ${slots(p, at)}`,
  slots: (p, at) => `${cards(p, at)} выходит за отведённое время: ${slots(p, at)}`,
  'days-apart': (p, at, { days, adjacent }) =>
    at.hard
      ? `${cards(p, at)} стоят в один день не подряд: ${slots(p, at)}. В один день их можно ставить только подряд`
      : `${cards(p, at)} стоят слишком близко: ${slots(p, at)}. Просили разнести на ${days} дн.${adjacent ? ' или поставить подряд' : ''}, не хватает ${at.amount}`,
  'days-within': (p, at, { days }) =>
    `${cards(p, at)} стоят слишком далеко: ${slots(p, at)}. Между ними просили не больше ${days} дн., лишних ${at.amount}`,
  'per-day': (p, at, { atMost }) =>
    `${cards(p, at)} стоят в один день: ${slots(p, at)}. За день просили не больше ${atMost}`,
  'gap-between': (p, at, { periods }) =>
    `${cards(p, at)} стоят в один день почти подряд: ${slots(p, at)}. Между ними просили уроков: ${periods}, не хватает ${at.amount}`,
  'same-start': (p, at) => `${cards(p, at)} должны начинаться одновременно, а стоят: ${slots(p, at)}`,
  'same-day': (p, at) => `${cards(p, at)} должны быть в один день, а стоят: ${slots(p, at)}`,
  'same-period': (p, at) => `${cards(p, at)} должны быть одним и тем же уроком, а стоят: ${slots(p, at)}`,
  'not-overlapping': (p, at) =>
    `${cards(p, at)} идут одновременно: ${slots(p, at)}. Общих уроков: ${at.amount}`,
  consecutive: (p, at) => `${cards(p, at)} должны идти подряд в этом порядке, а стоят: ${slots(p, at)}`,
  grouped: (p, at) => `${cards(p, at)} должны идти подряд в один день, а стоят: ${slots(p, at)}`,
  ordered: (p, at, { sameDay }) =>
    `${cards(p, at)} стоят не в том порядке: ${slots(p, at)}. Второе должно быть после первого${sameDay ? ', если они в один день' : ''}`,
  'ends-day': (p, { activities: [card = 0, ...later], slots: after, ...who }) =>
    `${personText(p, who)}: ${cardText(p, card)} должно быть последним уроком дня, а после него: ${cardsText(p, later)} (${slotsText(p, after)})`,
  'not-last': (p, at) =>
    `${person(p, at)}: день кончается занятием ${cards(p, at)} (${slots(p, at)}), а так нельзя`,
  'slots-taken': (p, at, asked) =>
    `Занятия занимают мест сетки не столько, сколько просили (${limitsText(asked)}); разница ${at.amount}: ${cards(p, at)}`,
  simultaneous: (p, at, asked) =>
    `${slots(p, at)}: одновременно идёт занятий: ${at.activities.length}, просили ${limitsText(asked)}`,
  kept: (p, at, { atMost }) =>
    `С прежних мест сдвинуто занятий: ${at.activities.length}, просили не больше ${atMost}: ${cards(p, at)}`,
  away: (p, at) => `${person(p, at)} в это время отсутствует, а стоит ${cards(p, at)}: ${slots(p, at)}`,
  gaps: (p, at, { per, atMost }) =>
    `${person(p, at)}: окон ${per === 'day' ? `за день (${day(p, at)})` : 'за неделю'} ${at.amount + atMost}, просили не больше ${atMost}: ${slots(p, at)}`,
  hours: (p, at, asked) =>
    `${person(p, at)}, ${day(p, at)}: уроков${of(asked.only)} ${at.activities.length === 0 ? 0 : at.slots.length}, просили ${limitsText(asked)}`,
  running: (p, at, { atMost, only }) =>
    `${person(p, at)}, ${day(p, at)}: уроков${of(only)} подряд ${at.slots.length}, просили не больше ${atMost}`,
  days: (p, at, asked) => `${person(p, at)}: дней с уроками ${at.slots.length}, просили ${limitsText(asked)}`,
  'late-starts': (p, at, { atMost }) =>
    `${person(p, at)}: день начинается не с первого урока (${slots(p, at)}). Со второго урока можно начать не больше ${atMost} дн., позже нельзя`,
  'interval-days': (p, at, { from, to, atMost }) =>
    `${person(p, at)}: дней с уроками с ${p.periods[from] ?? '?'} по ${p.periods[to] ?? '?'} набралось ${at.slots.length}, просили не больше ${atMost}`,
  span: (p, at, { atMost }) =>
    `${person(p, at)}, ${day(p, at)}: от первого урока до последнего ${at.amount + atMost}, просили не больше ${atMost}`,
  rest: (p, at, { atLeast }) =>
    `${person(p, at)}: отдыха между днями ${atLeast - at.amount}, просили не меньше ${atLeast}: ${slots(p, at)}`,
  'gap-after': (p, at, { periods }) =>
    `${cards(p, at)} стоят в один день почти подряд: ${slots(p, at)}. После первого просили свободных уроков перед вторым: ${periods}, не хватает ${at.amount}`,
  'day-points': (p, at, { atMost }) =>
    `${person(p, at)}, ${day(p, at)}: трудность дня выше допустимой (${atMost[Math.floor((at.slots[0] ?? 0) / p.periods.length)] ?? '?'}) на ${at.amount}`,
  'room-away': (p, at, { weight }) =>
    `${cards(p, at)}: ${roomText(p, at.room)} в это время ${weight === HARD ? 'недоступен' : 'просили не занимать'}: ${slots(p, at)}`,
  rooms: (p, at, { rooms }) =>
    `${cards(p, at)}: ${roomText(p, at.room)} (${slots(p, at)}). Подходят: ${roomsText(p, rooms)}`,
  'home-rooms': (p, at, { rooms }) =>
    `${cards(p, at)}: ${roomText(p, at.room)} (${slots(p, at)}), а не в своём: ${roomsText(p, rooms)}`,
  'same-room-if-consecutive': (p, at) =>
    `${cards(p, at)} идут подряд, но в разных кабинетах: ${slots(p, at)}`,
  'different-rooms': (p, at, { atMost }) =>
    `Занятия разошлись по кабинетам, их ${at.amount + atMost}, просили не больше ${atMost}: ${cards(p, at)}`,
  'building-changes': (p, at, { per, atMost }) =>
    `${person(p, at)}: переходов между зданиями ${per === 'day' ? `за день (${day(p, at)})` : 'за неделю'} ${at.amount + atMost}, просили не больше ${atMost}`,
  'building-gap': (p, at, { atLeast }) =>
    `${person(p, at)}: на переход в другое здание не хватает уроков (${at.amount} из ${atLeast}): ${slots(p, at)}`,
}

const CLASHES: Record<Clash, (problem: TimetableProblem, place: BrokenPlace) => string> = {
  'teacher-clash': (p, at) =>
    `${person(p, at)} нужен сразу в нескольких местах (${slots(p, at)}): ${cards(p, at)}`,
  'student-clash': (p, at) =>
    `${person(p, at)} нужны сразу в нескольких местах (${slots(p, at)}): ${cards(p, at)}`,
  'room-clash': (p, at) =>
    at.room === undefined
      ? `${slots(p, at)}: не хватает кабинетов (${at.amount}) для занятий ${cards(p, at)}`
      : `${slots(p, at)}: ${roomText(p, at.room)} занят несколькими занятиями: ${cards(p, at)}`,
  unplaced: (p, at) => `${cards(p, at)} не имеет места в расписании`,
  capacity: (p, at) =>
    `${cards(p, at)}: ${roomText(p, at.room)} мал. Мест ${p.rooms[at.room ?? -1]?.capacity ?? 0}, приходит ${p.activities[at.activities[0] ?? -1]?.size ?? 0} (${at.slots.map((slot) => slotText(p, slot)).join('; ')})`,
}

function askedText<K extends ConstraintKind>(
  kind: K,
  asked: Asked<K>,
  problem: TimetableProblem,
  place: BrokenPlace,
): string {
  return TEXTS[kind](problem, place, asked)
}

/** A broken place in one sentence: who, where, how much, what was asked, how much it matters and where it comes from. */
export function placeText(problem: TimetableProblem, place: BrokenPlace): string {
  if (typeof place.constraint === 'string')
    return `${CLASHES[place.constraint](problem, place)} (${WEIGHT_TEXT.never}).`
  const constraint: Constraint | undefined = problem.constraints[place.constraint]
  if (!constraint) return 'Нарушено условие, которого в задаче уже нет.'
  const word = isHardPlace(problem, place) ? 'never' : weightWord(constraint.weight)
  const source = constraint.source ? `; ${constraint.source}` : ''
  return `${askedText(constraint.kind, constraint, problem, place)} (${WEIGHT_TEXT[word]}${source}).`
}
