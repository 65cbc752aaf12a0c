import { Link } from '@tanstack/react-router'
import type { DiaryChild } from '#contract/diary.ts'
import { givenNames } from '#domain/people/short-names.ts'
import { Tabs } from '#ui/layout.tsx'
import { paths } from '../../paths.ts'
import type { DiarySearch } from './diary-search.ts'

/** The children of one account, when there are several; the day stays when the child changes. */
export function ChildTabs({ students, search }: { students: DiaryChild[]; search: DiarySearch }) {
  if (students.length < 2) return null
  const names = givenNames(students.map(({ name }) => name))
  return (
    <Tabs
      label="Дети"
      links={students.map(({ id, className }, n) => ({
        key: id,
        link: (
          <Link
            to={paths.diary}
            params={{ studentId: id }}
            search={search}
            activeOptions={{ includeSearch: false }}
          >
            {names[n]}
            {className && `, ${className}`}
          </Link>
        ),
      }))}
    />
  )
}
