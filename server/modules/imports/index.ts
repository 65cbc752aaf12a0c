export type { ReadingBounds, WorkbookReader } from './apart.ts'
export { readerApart, serveWorkbooks, WORKBOOKS } from './apart.ts'
export { studyDaysOf } from './assemble/centre.ts'
export { faultPlace, faultSentence, tableName } from './fault.words.ts'
export type { Answers, Fault, FaultCode, Place, Severity } from './faults.ts'
export { nameQuestionIds, OTHER_NAME, WHO_IS_WHO } from './faults.ts'
export type { Acceptance, HeldFile, Importable } from './importable.ts'
export { importable } from './importable.ts'
export type {
  ActivityGroupRecord,
  BellRecord,
  CalendarEventRecord,
  ClassRecord,
  CorrectiveGroupRecord,
  CurriculumLineRecord,
  CurriculumPart,
  ExplainedName,
  GradingPeriodRecord,
  GuardianLinkRecord,
  GuardianRecord,
  HomeSchoolRecord,
  IncomingMark,
  IncomingMarksRecord,
  IncomingSubjectMarks,
  IntakeData,
  IntakeRecord,
  LessonPlanItemRecord,
  LessonPlanRecord,
  ProcedureRecord,
  Programme,
  RoomRecord,
  StaffRecord,
  StaffRole,
  StudentRecord,
  SubgroupRecord,
  SubjectRecord,
  TeachingAssignmentRecord,
  TimetableSlotRecord,
  WeeklyTime,
} from './intake-data.ts'
export type { KnownCentre } from './known-centre.ts'
export type { UnreadFile } from './other-files.ts'
export { mayHoldTable } from './other-files.ts'
export { unreadWords } from './other-files.words.ts'
export type { AskKnown, FileReading, FolderReading, GivenFile, Totals } from './read-folder.ts'
export { readFiles, readFolder, totalsOf } from './read-folder.ts'
export type { ReadWorkbook } from './workbook.ts'
export { MAX_FILE_BYTES } from './workbook.ts'
export type { Kind } from './write/records.ts'
export { lessonsOf } from './write/timetable-records.ts'
export type { KnownOrganization } from './write/write-intake.sql.ts'
export { organizationsOf, refreshStatistics } from './write/write-intake.sql.ts'
export type { ImportRefusal, ImportSummary, WriteOptions } from './write/write-intake.ts'
export { ImportRefused, knownCentre, writeIntake } from './write/write-intake.ts'
