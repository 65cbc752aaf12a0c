/** Every address of the product, as the router knows it; `<Link to={paths.journal} params={…}>` checks the rest. */
export const paths = {
  home: '/',
  day: '/days/$day',
  journals: '/journals',
  journal: '/journals/$journalId',
  lesson: '/lessons/$lessonId',
  people: '/people',
  newPerson: '/people/new',
  person: '/people/$personId',
  accessBatch: '/access',
  settings: '/settings',
  account: '/account',
  setup: '/setup',
} as const
