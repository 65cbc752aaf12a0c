import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Skeleton } from '#ui/layout.tsx'
import { controlSearch } from './features/control/control-search.ts'
import { diarySearch } from './features/diary/diary-search.ts'
import { paths } from './paths.ts'
import { BrokenScreen, NotFoundScreen } from './shell/failure-screens.tsx'
import { Root } from './shell/root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundScreen })

const home = createRoute({
  getParentRoute: () => root,
  path: paths.home,
  component: lazyRouteComponent(() => import('./shell/start-screen.tsx'), 'StartScreen'),
})

const day = createRoute({
  getParentRoute: () => root,
  path: paths.day,
  component: lazyRouteComponent(() => import('./features/today/today-page.tsx'), 'TodayPage'),
})

const lesson = createRoute({
  getParentRoute: () => root,
  path: paths.lesson,
  component: lazyRouteComponent(() => import('./features/lesson/lesson-page.tsx'), 'LessonPage'),
})

const lessonThen = createRoute({
  getParentRoute: () => root,
  path: paths.lessonThen,
  component: lazyRouteComponent(() => import('./features/moment/lesson-then-page.tsx'), 'LessonThenPage'),
})

const studentThen = createRoute({
  getParentRoute: () => root,
  path: paths.studentThen,
  component: lazyRouteComponent(() => import('./features/moment/student-then-page.tsx'), 'StudentThenPage'),
})

const journals = createRoute({
  getParentRoute: () => root,
  path: paths.journals,
  component: lazyRouteComponent(() => import('./features/journals/journals-page.tsx'), 'JournalsPage'),
})

const journal = createRoute({
  getParentRoute: () => root,
  path: paths.journal,
  component: lazyRouteComponent(() => import('./features/gradebook/gradebook-page.tsx'), 'GradebookPage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: paths.people,
  component: lazyRouteComponent(() => import('./features/people/people-page.tsx'), 'PeoplePage'),
})

const newPerson = createRoute({
  getParentRoute: () => root,
  path: paths.newPerson,
  component: lazyRouteComponent(() => import('./features/people/new-person-page.tsx'), 'NewPersonPage'),
})

const person = createRoute({
  getParentRoute: () => root,
  path: paths.person,
  component: lazyRouteComponent(() => import('./features/people/person-page.tsx'), 'PersonPage'),
})

const accessBatch = createRoute({
  getParentRoute: () => root,
  path: paths.accessBatch,
  component: lazyRouteComponent(() => import('./features/people/access-batch-page.tsx'), 'AccessBatchPage'),
})

const approvals = createRoute({
  getParentRoute: () => root,
  path: paths.approvals,
  component: lazyRouteComponent(() => import('./features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
})

const accessEvents = createRoute({
  getParentRoute: () => root,
  path: paths.accessEvents,
  component: lazyRouteComponent(
    () => import('./features/approvals/access-events-page.tsx'),
    'AccessEventsPage',
  ),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: paths.settings,
  component: lazyRouteComponent(() => import('./features/settings/settings-page.tsx'), 'SettingsPage'),
})

const backups = createRoute({
  getParentRoute: () => root,
  path: paths.backups,
  component: lazyRouteComponent(() => import('./features/backups/backups-page.tsx'), 'BackupsPage'),
})

const events = createRoute({
  getParentRoute: () => root,
  path: paths.events,
  component: lazyRouteComponent(() => import('./features/audit/audit-page.tsx'), 'AuditPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: paths.account,
  component: lazyRouteComponent(() => import('./features/account/account-page.tsx'), 'AccountPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: paths.setup,
  component: lazyRouteComponent(() => import('./features/setup/setup-screen.tsx'), 'SetupScreen'),
})

const ownDiary = createRoute({
  getParentRoute: () => root,
  path: paths.ownDiary,
  component: lazyRouteComponent(() => import('./features/diary/own-diary-page.tsx'), 'OwnDiaryPage'),
})

const diaries = createRoute({
  getParentRoute: () => root,
  path: paths.diaries,
  component: lazyRouteComponent(() => import('./features/diary/diaries-page.tsx'), 'DiariesPage'),
})

const diary = createRoute({
  getParentRoute: () => root,
  path: paths.diary,
  validateSearch: diarySearch,
  component: lazyRouteComponent(() => import('./features/diary/diary-page.tsx'), 'DiaryPage'),
})

const control = createRoute({
  getParentRoute: () => root,
  path: paths.control,
  validateSearch: controlSearch,
  component: lazyRouteComponent(() => import('./features/control/control-page.tsx'), 'ControlPage'),
})

const controlSummary = createRoute({
  getParentRoute: () => root,
  path: paths.controlSummary,
  validateSearch: controlSearch,
  component: lazyRouteComponent(() => import('./features/control/summary-page.tsx'), 'SummaryPage'),
})

const windows = createRoute({
  getParentRoute: () => root,
  path: paths.windows,
  component: lazyRouteComponent(() => import('./features/windows/windows-page.tsx'), 'WindowsPage'),
})

const referrals = createRoute({
  getParentRoute: () => root,
  path: paths.referrals,
  component: lazyRouteComponent(() => import('./features/referrals/referrals-page.tsx'), 'ReferralsPage'),
})

const ownReferrals = createRoute({
  getParentRoute: () => root,
  path: paths.ownReferrals,
  component: lazyRouteComponent(
    () => import('./features/referrals/own-referrals-page.tsx'),
    'OwnReferralsPage',
  ),
})

const lostEntries = createRoute({
  getParentRoute: () => root,
  path: paths.lostEntries,
  component: lazyRouteComponent(
    () => import('./features/lost-entries/lost-entries-page.tsx'),
    'LostEntriesPage',
  ),
})

/** The map of screens; each one's code is loaded when it is first opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    day,
    lesson,
    lessonThen,
    studentThen,
    journals,
    journal,
    ownDiary,
    diaries,
    diary,
    control,
    controlSummary,
    windows,
    referrals,
    ownReferrals,
    lostEntries,
    people,
    newPerson,
    person,
    accessBatch,
    approvals,
    accessEvents,
    settings,
    backups,
    events,
    account,
    setup,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: BrokenScreen,
  defaultNotFoundComponent: NotFoundScreen,
  defaultPendingComponent: () => <Skeleton />,
})

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged into the router's own
  interface Register {
    router: typeof router
  }
}
