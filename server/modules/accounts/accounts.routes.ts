import { z } from 'zod'
import { FinishSignIn } from '#contract/second-factor.ts'
import { ChangePassword, OwnSessions, SessionView, SignIn, SignInAnswer } from '#contract/session.ts'
import { Id, Nothing } from '#contract/shapes.ts'
import { type Access, EVERYONE } from '#domain/access/access.ts'
import { type Operation, operation, publicOperation } from '#platform/operation.ts'
import { finishSignIn } from './finish-sign-in.ts'
import {
  acceptRulesOfUse,
  changePassword,
  endOwnSession,
  listOwnSessions,
  readOwnSession,
} from './own-account.ts'
import { signIn, signOut } from './sign-in.ts'

const own = (action: 'read' | 'write') =>
  ({ resource: 'account', action, grants: [{ roles: EVERYONE, relation: 'own-account' }] }) satisfies Access

export const accountOperations: Operation[] = [
  publicOperation({
    id: 'session.start',
    summary: 'Sign in with login and password',
    method: 'POST',
    path: '/api/session',
    access: { resource: 'session', action: 'write', open: 'public' },
    body: SignIn,
    answer: SignInAnswer,
    handle: (call, { body }) => signIn(call, body),
  }),
  publicOperation({
    id: 'session.finish',
    summary: 'Sign in: the code after the password',
    method: 'POST',
    path: '/api/session/code',
    access: { resource: 'session', action: 'write', open: 'public' },
    body: FinishSignIn,
    answer: Nothing,
    handle: (call, { body }) => finishSignIn(call, body),
  }),
  publicOperation({
    id: 'session.end',
    summary: 'Sign out',
    method: 'DELETE',
    path: '/api/session',
    access: { resource: 'session', action: 'write', open: 'public' },
    answer: Nothing,
    handle: (call) => signOut(call),
  }),
  operation({
    id: 'session.read',
    summary: 'Who is signed in',
    method: 'GET',
    path: '/api/session',
    access: own('read'),
    beforeAcceptance: true,
    answer: SessionView,
    handle: (call) => readOwnSession(call),
  }),
  operation({
    id: 'session.change-password',
    summary: 'Change the own password',
    method: 'PUT',
    path: '/api/session/password',
    access: own('write'),
    beforeAcceptance: true,
    body: ChangePassword,
    answer: Nothing,
    secret: true,
    handle: (call, { body }) => changePassword(call, body),
  }),
  operation({
    id: 'session.accept-rules',
    summary: 'Accept the rules of use',
    method: 'PUT',
    path: '/api/session/rules-acceptance',
    access: own('write'),
    beforeAcceptance: true,
    body: Nothing,
    answer: Nothing,
    handle: (call) => acceptRulesOfUse(call),
  }),
  operation({
    id: 'session.list',
    summary: 'Own sessions that are alive',
    method: 'GET',
    path: '/api/sessions',
    access: own('read'),
    answer: OwnSessions,
    handle: (call) => listOwnSessions(call),
  }),
  operation({
    id: 'session.end-other',
    summary: 'End one of the own sessions',
    method: 'DELETE',
    path: '/api/sessions/:sessionId',
    access: own('write'),
    params: z.strictObject({ sessionId: Id }),
    answer: Nothing,
    handle: (call, { params }) => endOwnSession(call, params.sessionId),
  }),
]
