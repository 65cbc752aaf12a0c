import { ACTORS, type Actor, ids } from './stage.ts'

/**
 * Who may what, said by the school and not by the declarations of the operations: regulation 2.1, 4.3, 4.4, 6.2–6.6
 * and «Who may change what» of the class journal. The matrix test holds the two against each other.
 */
export const EVERYBODY: readonly Actor[] = ACTORS
export const NOBODY: readonly Actor[] = []
export const FOREIGN: readonly Actor[] = ['otherSchoolTeacher']

/** Directors answer for the journal (6.2), deputies control it (6.3), the officer helps to keep it. */
export const CONTROL: readonly Actor[] = ['director', 'deputy', 'officer', 'deputyTeacher']
/** Lists and accounts are the system administrator's (6.5). */
export const ADMINS: readonly Actor[] = ['admin', 'adminTeacher']
/** Who holds a role of those that teach, whether or not anything is assigned. */
export const TEACHERS: readonly Actor[] = [
  'teacher',
  'substitute',
  'homeroom',
  'clubTeacher',
  'specialist',
  'stranger',
  'deputyTeacher',
  'adminTeacher',
  'teacherMother',
  'homeroom8',
]
export const FAMILIES: readonly Actor[] = [
  'anna',
  'boris',
  'galina',
  'former',
  'motherOfAnna',
  'motherOfGalina',
  'motherOfFormer',
  'formerGuardian',
  'teacherMother',
]

/** Family and nothing else: whom the database itself shows no other children, and lets write of themselves alone. */
export const FAMILY_ONLY: readonly Actor[] = FAMILIES.filter((who) => who !== 'teacherMother')

export const JOURNALS = {
  physics7: ids.physics7,
  physics8: ids.physics8,
  chess: ids.chessJournal,
  drawing8: ids.drawing8,
  ofDismissed: ids.dismissedJournal,
  foreign: ids.foreign.journal,
}
export const LESSONS = {
  today: ids.today,
  substituted: ids.substituted,
  physics8: ids.physics8Today,
  chess: ids.chessToday,
  ofDismissed: ids.dismissedToday,
  foreign: ids.foreign.lesson,
}
export const CHILDREN = {
  anna: ids.anna,
  boris: ids.boris,
  galina: ids.galina,
  former: ids.former,
  foreign: ids.foreign.student,
}
export type Rights<O extends Record<string, string>> = Record<keyof O, readonly Actor[]>

/** A journal is read by who keeps it, who leads the class, and control (6.3, 6.4). */
export const READ_JOURNAL: Rights<typeof JOURNALS> = {
  physics7: [...CONTROL, 'teacher', 'homeroom'],
  physics8: [...CONTROL, 'stranger', 'homeroom8'],
  chess: [...CONTROL, 'clubTeacher'],
  drawing8: [...CONTROL, 'adminTeacher', 'homeroom8'],
  ofDismissed: [...CONTROL, 'homeroom'],
  foreign: FOREIGN,
}

/** A lesson is written by its teacher (4.3), and by its substitute, who may write that lesson and nothing else (4.4). */
export const WRITE_LESSON: Rights<typeof LESSONS> = {
  today: ['teacher'],
  substituted: ['teacher', 'substitute'],
  physics8: ['stranger'],
  chess: ['clubTeacher'],
  ofDismissed: NOBODY,
  foreign: FOREIGN,
}

/** A lesson is read as its journal is, and by its substitute. */
export const READ_LESSON: Rights<typeof LESSONS> = {
  today: READ_JOURNAL.physics7,
  substituted: [...READ_JOURNAL.physics7, 'substitute'],
  physics8: READ_JOURNAL.physics8,
  chess: READ_JOURNAL.chess,
  ofDismissed: READ_JOURNAL.ofDismissed,
  foreign: FOREIGN,
}

/**
 * A diary is the child's and its guardians' as long as they are that; families ask the homeroom teacher about it (4.6),
 * control answers for what stands there (6.2, 6.3), carers sit over the homework and see no marks.
 */
export const READ_DIARY: Rights<typeof CHILDREN> = {
  anna: [...CONTROL, 'carer', 'homeroom', 'anna', 'motherOfAnna'],
  boris: [...CONTROL, 'carer', 'homeroom', 'boris', 'teacherMother'],
  galina: [...CONTROL, 'carer', 'homeroom8', 'galina', 'motherOfGalina'],
  former: [...CONTROL, 'carer', 'homeroom', 'former', 'motherOfFormer'],
  foreign: FOREIGN,
}

const CHILD_TEXTS = {
  anna: [ids.anna, 'О мелодии Анны'],
  boris: [ids.boris, 'О мелодии Бориса', 'Белов Борис'],
  galina: [ids.galina, 'Об опыте Галины', 'Дёмина Галина'],
  former: [ids.former, 'О работе Ивана', 'Гусев Иван'],
  late: [ids.late, 'Власов'],
}
const allBut = (...own: (keyof typeof CHILD_TEXTS)[]): string[] =>
  Object.entries(CHILD_TEXTS).flatMap(([who, texts]) => (own.includes(who as 'anna') ? [] : texts))
const MARK_TEXTS = ['О мелодии', 'Об опыте', 'О работе Ивана']

/** What stands in no answer to this person, whatever was asked: children that are not theirs, marks of others. */
export const NEVER_SHOWN: Partial<Record<Actor, readonly string[]>> = {
  anna: allBut('anna'),
  motherOfAnna: allBut('anna'),
  boris: allBut('boris'),
  galina: allBut('galina'),
  motherOfGalina: allBut('galina'),
  former: allBut('former'),
  motherOfFormer: allBut('former'),
  formerGuardian: allBut(),
  teacherMother: allBut('boris'),
  stranger: allBut('galina'),
  teacher: allBut('anna', 'boris', 'former', 'late'),
  clubTeacher: allBut('anna', 'galina'),
  homeroom: allBut('anna', 'boris', 'former', 'late'),
  homeroom8: allBut('galina'),
  admin: MARK_TEXTS,
  secretary: MARK_TEXTS,
  carer: MARK_TEXTS,
  specialist: MARK_TEXTS,
}
