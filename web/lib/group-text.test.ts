import { expect, test } from 'vitest'
import { groupText } from './group-text.ts'

test.each([
  ['Английский язык', '5А, гр. 1', '5А', 'гр. 1'],
  ['Робототехника «Винтик»', 'Робототехника «Винтик», гр. 1', '5А', 'гр. 1'],
  ['Шахматы', 'Шахматы', '7А', null],
  ['Занятие с логопедом', 'Логопедическая группа 2', '3А', 'Логопедическая группа 2'],
  ['Физика', null, '7А', null],
])('beside «%s» the group «%s» of %s adds %s', (subject, group, className, text) => {
  expect(groupText(subject, group, className)).toBe(text)
})
