/** A mark of the grid by ids; `value` null was taken back. */
export type UnpackedMark = {
  studentId: string
  workId: string
  value: string | null
  comment: string | null
  version: number
}

/** Attendance of the grid by ids; `code` null is «был на уроке». */
export type UnpackedAttendance = { studentId: string; lessonId: string; code: string | null; version: number }

/**
 * A journal page as it travels: cells name child, work and lesson by their place in the page's own lists, since
 * ids would be nine tenths of it. `marks` and `attendance` are cells «child,column,version,value» joined by «;».
 */
export type PackedCells = {
  students: readonly { id: string }[]
  lessons: readonly { id: string; works: readonly { id: string }[] }[]
  marks: string
  attendance: string
  comments: readonly { studentId: string; workId: string; comment: string }[]
}

type PackedCell = { row: number; column: number; version: number; value: string | null }

function cellsOf(packed: string): PackedCell[] {
  if (packed === '') return []
  return packed.split(';').map((cell) => {
    const [row, column, version, value] = cell.split(',')
    return { row: Number(row), column: Number(column), version: Number(version), value: value || null }
  })
}

/** The cells of a packed page by ids; a place the lists do not have is left out. */
export function unpackCells(page: PackedCells): { marks: UnpackedMark[]; attendance: UnpackedAttendance[] } {
  const works = page.lessons.flatMap(({ works }) => works)
  const comments = new Map(
    page.comments.map(({ studentId, workId, comment }) => [studentId + workId, comment]),
  )
  const marks = cellsOf(page.marks).flatMap(({ row, column, version, value }) => {
    const [studentId, workId] = [page.students[row]?.id, works[column]?.id]
    if (!studentId || !workId) return []
    return [{ studentId, workId, value, version, comment: comments.get(studentId + workId) ?? null }]
  })
  const attendance = cellsOf(page.attendance).flatMap(({ row, column, version, value }) => {
    const [studentId, lessonId] = [page.students[row]?.id, page.lessons[column]?.id]
    return studentId && lessonId ? [{ studentId, lessonId, code: value, version }] : []
  })
  return { marks, attendance }
}
