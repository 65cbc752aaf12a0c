// Written by `npm run generate` from the migrated schema; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Day } from '#domain/calendar/day.ts'

export type Instant = ColumnType<Date, Date | string, Date | string>
export type Decimal = ColumnType<string, string | number, string | number>
export type Json = ColumnType<unknown, string | null, string | null>
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>

export type Tables = {
  account: {
    organization_id: string
    id: string
    person_id: string
    login: string
    password_hash: string
    must_change_password: Generated<boolean>
    first_password_until: Instant | null
    rules_accepted_at: Instant | null
    disabled_at: Instant | null
    last_sign_in_at: Instant | null
    previous_sign_in_at: Instant | null
    version: Generated<number>
  }
  approval: {
    organization_id: string
    id: string
    number: Generated<number>
    kind: string
    person_id: string
    asker_id: string
    body: Json
    asked_at: Instant
    expires_at: Instant
    state: Generated<string>
    decided_by: string | null
    decided_at: Instant | null
    by_console: Generated<boolean>
    reason: string | null
    taken_at: Instant | null
    version: Generated<number>
  }
  attendance: {
    organization_id: string
    id: string
    lesson_id: string
    student_id: string
    code: string | null
    note: string | null
    entered_on: Day
    entered_at: Instant
    late: boolean
    version: Generated<number>
    corrected_at: Instant | null
  }
  attendance_code: {
    organization_id: string
    id: string
    code: string
    name: string
    absent: boolean
    counted: boolean
    position: number
    version: Generated<number>
  }
  audit_event: {
    organization_id: string
    id: GeneratedAlways<number>
    action: string
    resource: string
    resource_id: string | null
    actor_id: string | null
    operation_id: string | null
    detail: Json
    at: Instant
  }
  bell: {
    organization_id: string
    id: string
    intake_id: string
    grade_from: number
    grade_to: number
    period: number
    starts_at: string
    ends_at: string
    version: Generated<number>
  }
  bulk_read: {
    organization_id: string
    id: Generated<string>
    person_id: string
    children: number
    first_at: Instant
    last_at: Instant
    seen_by: string | null
    seen_at: Instant | null
    version: Generated<number>
  }
  calendar_event: {
    organization_id: string
    id: string
    name: string
    kind: string
    starts_on: Day
    ends_on: Day
    version: Generated<number>
  }
  curriculum_line: {
    organization_id: string
    id: string
    group_id: string
    subject_id: string
    part: string
    weekly_hours: Decimal
    version: Generated<number>
  }
  entry_window: {
    organization_id: string
    id: string
    journal_id: string | null
    teacher_id: string | null
    starts_on: Day
    ends_on: Day
    open_until: Day
    reason: string
    opened_by: string
    closed: Generated<boolean>
    version: Generated<number>
  }
  grading_period: {
    organization_id: string
    id: string
    name: string
    grade_from: number
    grade_to: number
    starts_on: Day
    ends_on: Day
    marking: string | null
    closed_at: Instant | null
    version: Generated<number>
    decided_by: string | null
    reason: string | null
    open_until: Day | null
  }
  group_member: {
    organization_id: string
    id: string
    group_id: string
    group_kind: string
    student_id: string
    starts_on: Day
    ends_on: Day | null
    version: Generated<number>
  }
  guardian_link: {
    organization_id: string
    id: string
    guardian_id: string
    student_id: string
    kinship: string
    starts_on: Day
    ends_on: Day | null
    version: Generated<number>
  }
  half_session: {
    organization_id: string
    id: string
    account_id: string
    token_hash: Buffer
    account_version: number
    tries: Generated<number>
    expires_at: Instant
    taken_at: Instant | null
  }
  history: {
    organization_id: string
    id: GeneratedAlways<number>
    kind: string
    record_id: string
    version: number
    after: Json
    actor_id: string | null
    operation_id: string | null
    reason: string | null
    at: Instant
  }
  home_school: {
    organization_id: string
    id: string
    name: string
    version: Generated<number>
  }
  homework: {
    organization_id: string
    id: string
    lesson_id: string
    text: string | null
    minutes: number | null
    entered_on: Day
    entered_at: Instant
    late: boolean
    version: Generated<number>
    corrected_at: Instant | null
  }
  import_key: {
    organization_id: string
    kind: string
    natural_key: string
    record_id: string
    content_hash: string
    intake_id: string | null
  }
  import_name: {
    organization_id: string
    id: string
    kind: string
    said: string
    subject_id: string | null
    person_id: string | null
    class_key: string | null
    version: Generated<number>
  }
  import_run: {
    organization_id: string
    id: string
    at: Instant
    summary: Json
  }
  incoming_mark: {
    organization_id: string
    id: string
    student_id: string
    subject: string
    kind: string
    position: number
    day: Day | null
    label: string | null
    value: string
    source_file: string
    version: Generated<number>
    intake_id: string
  }
  intake: {
    organization_id: string
    id: string
    number: number
    name: string
    school_year: string
    starts_on: Day
    ends_on: Day
    version: Generated<number>
  }
  known_device: {
    organization_id: string
    id: string
    account_id: string
    token_hash: Buffer
    last_at: Instant
  }
  late_entry: {
    organization_id: string
    id: string
    lesson_id: string
    reason: string
    entered_on: Day
    actor_id: string
    version: Generated<number>
    kind: Generated<string>
  }
  lesson: {
    organization_id: string
    id: string
    journal_id: string
    held_on: Day
    period: number | null
    starts_at: string
    ends_at: string
    room: string | null
    version: Generated<number>
  }
  lesson_plan: {
    organization_id: string
    id: string
    intake_id: string
    subject_id: string
    title: string
    textbook: string | null
    version: Generated<number>
  }
  lesson_plan_item: {
    organization_id: string
    id: string
    plan_id: string
    position: number
    section: string | null
    topic: string
    hours: Generated<number>
    work_form: string | null
    homework: string | null
    homework_minutes: number | null
    version: Generated<number>
  }
  lesson_record: {
    organization_id: string
    id: string
    lesson_id: string
    topic: string | null
    plan_item_id: string | null
    comment: string | null
    taught_by: string
    entered_on: Day
    entered_at: Instant
    late: boolean
    version: Generated<number>
    corrected_at: Instant | null
  }
  lesson_work: {
    organization_id: string
    id: string
    lesson_id: string
    work_type_id: string
    title: Generated<string>
    weight: Decimal
    position: number
    removed: Generated<boolean>
    version: Generated<number>
  }
  mark: {
    organization_id: string
    id: string
    lesson_id: string
    work_id: string
    student_id: string
    value: string | null
    comment: string | null
    entered_on: Day
    entered_at: Instant
    late: boolean
    version: Generated<number>
    corrected_at: Instant | null
  }
  operation: {
    organization_id: string
    id: string
    account_id: string
    request: string
    body_hash: Buffer
    status: number | null
    answer: string | null
    at: Instant
  }
  organization: {
    id: string
    name: string
    short_name: string
    time_zone: Generated<string>
    is_demo: Generated<boolean>
    entry_window_days: Generated<number>
    window_opener_roles: Generated<string[]>
    family_access_days: Generated<number>
    version: Generated<number>
    homework_expected: Generated<boolean>
    closed_before: Day | null
    second_factor_roles: Generated<Json>
    second_factor_days: Generated<number>
  }
  person: {
    organization_id: string
    id: string
    last_name: string
    first_name: string
    middle_name: string | null
    sex: string | null
    birth_on: Day | null
    email: string | null
    phone: string | null
    version: Generated<number>
    name_key: GeneratedAlways<string>
  }
  procedure: {
    organization_id: string
    id: string
    student_id: string
    intake_id: string
    name: string
    place: string | null
    weekday: number
    period: number | null
    starts_at: string
    ends_at: string
    version: Generated<number>
  }
  recovery_code: {
    organization_id: string
    account_id: string
    code_hash: Buffer
    used_at: Instant | null
  }
  referred_entry: {
    organization_id: string
    id: string
    author_id: string
    journal_id: string
    lesson_id: string
    kind: string
    body: Json
    operation_id: string
    referred_at: Instant
    state: Generated<string>
    decided_by: string | null
    decided_at: Instant | null
    reason: string | null
    applied_operation_id: string | null
    version: Generated<number>
  }
  role_assignment: {
    organization_id: string
    id: string
    person_id: string
    role: string
    starts_on: Day
    ends_on: Day | null
    version: Generated<number>
  }
  second_factor: {
    organization_id: string
    account_id: string
    sealed_secret: Buffer
    since: Instant
    last_step: number
  }
  session: {
    organization_id: string
    id: string
    account_id: string
    token_hash: Buffer
    started_at: Instant
    seen_at: Instant
    expires_at: Instant
    device: Generated<string>
    ended_at: Instant | null
    confirmed_at: Instant | null
  }
  setup_link: {
    token_hash: Buffer
    expires_at: Instant
    used_at: Instant | null
  }
  sign_in_failure: {
    login_key: string
    failures: number
    last_at: Instant
    kind: string
  }
  staff_member: {
    organization_id: string
    id: string
    position: string
    subjects: string | null
    room: string | null
    method_day: number | null
    version: Generated<number>
  }
  stay: {
    organization_id: string
    id: string
    student_id: string
    intake_id: string
    kind: string
    starts_on: Day
    ends_on: Day
    version: Generated<number>
  }
  student: {
    organization_id: string
    id: string
    program: string
    adapted: Generated<boolean>
    home_school_id: string | null
    home_class: string | null
    note: string | null
    version: Generated<number>
  }
  study_group: {
    organization_id: string
    id: string
    intake_id: string
    kind: string
    name: string
    grade_from: number | null
    grade_to: number | null
    parent_id: string | null
    homeroom_teacher_id: string | null
    version: Generated<number>
    division: Generated<string>
    sort_key: GeneratedAlways<string>
  }
  subject: {
    organization_id: string
    id: string
    name: string
    version: Generated<number>
    sort_key: GeneratedAlways<string>
  }
  substitution: {
    organization_id: string
    id: string
    lesson_id: string
    substitute_id: string | null
    reason: string | null
    version: Generated<number>
    merged: Generated<boolean>
  }
  taken_back: {
    organization_id: string
    id: string
    lesson_id: string
    operation_id: string
    moment: Instant
    reason: string
    actor_id: string
    at: Instant
  }
  teaching_assignment: {
    organization_id: string
    id: string
    intake_id: string
    kind: string
    subject_id: string
    group_id: string
    teacher_id: string
    part: string
    weekly_hours: Decimal
    lesson_plan_id: string | null
    gradeless: Generated<boolean>
    version: Generated<number>
  }
  timetable_slot: {
    organization_id: string
    id: string
    journal_id: string
    weekday: number
    period: number | null
    starts_at: string
    ends_at: string
    room: string | null
    version: Generated<number>
  }
  usage_event: {
    organization_id: string
    id: GeneratedAlways<number>
    at: Instant
    kind: string
    person_id: string | null
    session_id: string | null
    resource: Generated<string>
    subject_id: string | null
    children: Generated<string[]>
    own: Generated<boolean>
    address: Generated<string>
  }
  work_type: {
    organization_id: string
    id: string
    name: string
    short: string
    weight: Decimal
    position: number
    version: Generated<number>
    archived: Generated<boolean>
  }
}
