/**
 * All scopes by name, those that take longest first, so that no worker is left alone with a long one. What a scope does
 * not say is usual (`scope.ts`).
 */
import type { Filter } from '../../vocabulary/queries.ts';
import { everything, notedSchema, todosSchema } from './schemas.ts';
import {
  add,
  bothFollow,
  bothFollowFrom,
  done,
  follows,
  guestToken,
  oneFollows,
  refreshing,
  retitle,
  type Scope,
  scopesOf,
  startSession,
  subscribe,
  tokenOf,
} from './scope.ts';

const ownRows: Filter = {
  mod: 'or',
  filters: [
    ['title', '=', 'milk'],
    ['title', '=', '$role.user'],
  ],
};
const byPlan = { filter: [['title', '=', '$token.plan'] as const] };
/** The client is OPEN, alone, and its handler is asked in the race. */
const refreshUnderWay = [refreshing('c1'), subscribe('c1', 's1'), { do: 'advance', ms: 10_000 } as const];

export const scopes: readonly Scope[] = scopesOf({
  'schema-push-and-write': {
    sentence: 'a schema is pushed that one of two clients cannot live with, while both write',
    rules: ['C2', 'C3', 'C4', 'C5'],
    tooth: 'first-verdict-for-all',
    schema: notedSchema,
    schemasOfClients: { c1: notedSchema },
    threads: [[{ do: 'pushSchema', schema: todosSchema() }], [retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  },
  'permissions-push-and-live': {
    sentence: 'who may read what changes under the live subscriptions of two clients, while a row passes from one to the other and back',
    rules: ['C5', 'P1', 'P2', 'C1'],
    tooth: 'removal-not-sent',
    schema: todosSchema(),
    threads: [
      [{ do: 'pushSchema', schema: todosSchema({ member: { ...everything, read: { filter: [ownRows] } } }) }],
      [retitle('c1', 'bob')],
      [retitle('c2', 'ann')],
    ],
  },
  'clear-and-other-write': {
    sentence: 'a client clears its store while another one writes what it follows',
    rules: ['K1'],
    tooth: 'groups-not-left-on-disconnect',
    setup: oneFollows,
    threads: [[{ do: 'clear', client: 'c1' }], [add('c2', 'rent')]],
  },
  'two-writers': {
    sentence: 'one client updates a row twice while another one, which does not follow it, inserts the same row',
    rules: ['W3', 'W5', 'W1'],
    tooth: 'one-write-in-flight-forgotten',
    setup: oneFollows,
    threads: [[retitle('c1', 'first of c1'), retitle('c1', 'second of c1')], [add('c2', 'milk')]],
  },
  'claims-change-and-write': {
    sentence: 'the claims of a client change under equal roles while both write what they are about',
    rules: ['S6', 'C5', 'P1', 'C1', 'Q2'],
    tooth: 'answer-anew-merged',
    schema: todosSchema({ guest: { read: byPlan, update: byPlan }, member: everything }),
    setup: [startSession('c1', guestToken('ann', 'milk')), subscribe('c1', 's1'), ...follows('c2', 'bob')],
    threads: [[retitle('c2', 'pro')], [{ do: 'updateSessionToken', client: 'c1', token: guestToken('ann', 'pro') }, retitle('c1', 'milk')]],
  },
  'rejected-and-good': {
    sentence: 'a write that the server rejects has a good one behind it, while another client writes the same row',
    rules: ['W4', 'P1'],
    tooth: 'rejected-takes-later-along',
    schema: todosSchema({ guest: { ...everything, update: {} }, member: everything }),
    setup: [startSession('c1', guestToken('ann', 'free')), subscribe('c1', 's1'), ...follows('c2', 'bob')],
    threads: [[retitle('c1', 'of c1'), add('c1', 'rent')], [retitle('c2', 'of c2')]],
  },
  'failed-append-and-push': {
    sentence: 'an append may fail, its entry lost, while a schema is pushed and a client writes',
    rules: ['W2', 'C3'],
    tooth: 'waiting-push-never-told',
    schema: todosSchema(),
    threads: [[{ do: 'pushSchema', schema: notedSchema }], [retitle('c1', 'of c1')]],
    fault: { do: 'failStorage', process: 'server', keepsTail: false },
  },
  'failed-append-kept': {
    sentence: 'an append may fail although its entry is kept, while two clients write',
    rules: ['W2'],
    tooth: 'failed-append-taken-for-lost',
    setup: oneFollows,
    threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
    fault: { do: 'failStorage', process: 'server', keepsTail: true },
  },
  'server-crash-keeps-tail': {
    sentence: 'the server may crash, with what it was appending kept, while two clients write',
    rules: ['W2', 'W1'],
    tooth: 'write-applied-again',
    setup: oneFollows,
    threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
    fault: { do: 'restartServer', how: 'crash', keepsTail: true },
  },
  'opening-and-cut': {
    sentence: 'a session begins, with a subscription from before, while another client writes, and the connection may be lost',
    rules: ['S1', 'S9', 'Q6'],
    tooth: 'open-at-socket-opening',
    setup: [startSession('c2', tokenOf('bob')), subscribe('c1', 's1'), subscribe('c2', 's2')],
    threads: [[startSession('c1', tokenOf('ann'))], [add('c2', 'rent')]],
    fault: { do: 'cut', client: 'c1', how: 'abrupt' },
  },
  'clean-cut-and-write': {
    sentence: 'the network closes a connection in good order while both clients write',
    rules: ['W1', 'S9', 'Q2', 'H3'],
    tooth: 'groups-not-left-on-disconnect',
    setup: oneFollows,
    threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
    fault: { do: 'cut', client: 'c1', how: 'clean' },
  },
  'cut-and-write': {
    sentence: 'two clients write while the connection of one may be lost',
    rules: ['W1', 'S9', 'Q2', 'H3'],
    tooth: 'resent-write-not-acknowledged',
    threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
    fault: { do: 'cut', client: 'c1', how: 'abrupt' },
  },
  'server-crash-and-write': {
    sentence: 'the server may crash, and lose what it was appending, while two clients write',
    rules: ['W2', 'W1'],
    tooth: 'resent-write-not-acknowledged',
    setup: oneFollows,
    threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
    fault: { do: 'restartServer', how: 'crash', keepsTail: false },
  },
  'replaced-while-opening': {
    sentence: 'a session is replaced while its socket may still be opening, with a subscription from before, and a connection may be lost',
    rules: ['S2', 'S1'],
    tooth: 'late-close-hits-new-session',
    clients: ['c1'],
    setup: [subscribe('c1', 's1')],
    threads: [[startSession('c1', tokenOf('ann')), startSession('c1', tokenOf('cleo'))]],
    fault: { do: 'cut', client: 'c1', how: 'abrupt' },
  },
  'unsubscribe-and-write': {
    sentence: 'one of two equal subscriptions of a client ends while another client writes',
    rules: ['Q4', 'H3', 'H4', 'H1'],
    tooth: 'unsubscribe-leaves-for-both',
    setup: [...bothFollow, subscribe('c1', 's3')],
    threads: [[{ do: 'unsubscribe', client: 'c1', subscription: 's1' }], [retitle('c2', 'of c2'), done('c2')]],
  },
  'disconnect-and-write': {
    sentence: 'a client disconnects and connects again while another one writes',
    rules: ['S1', 'S9', 'H3', 'Q6'],
    tooth: 'disconnect-waits-for-its-timer',
    threads: [
      [
        { do: 'disconnect', client: 'c1' },
        { do: 'connect', client: 'c1' },
      ],
      [retitle('c2', 'of c2')],
    ],
  },
  'update-token-and-cut': {
    sentence: 'a token is updated and a row is written while the connection may be lost',
    rules: ['S3', 'S4', 'S5'],
    tooth: 'pending-updates-lost',
    threads: [[{ do: 'updateSessionToken', client: 'c1', token: tokenOf('ann', 60_000) }], [retitle('c2', 'of c2')]],
    fault: { do: 'cut', client: 'c1', how: 'abrupt' },
  },
  'expiry-and-append': {
    sentence: 'a token expires while appends of two clients are under way',
    rules: ['S5', 'S7', 'W1'],
    tooth: 'update-before-acknowledgement',
    setup: [
      ...bothFollowFrom(startSession('c1', tokenOf('ann', 20_000))),
      { do: 'hold', label: 'server append' },
      retitle('c1', 'of c1'),
      retitle('c2', 'of c2'),
      { do: 'advance', ms: 20_000 },
    ],
    threads: [[{ do: 'release', label: 'server append' }], [retitle('c1', 'second of c1')]],
  },
  'replaced-and-write': {
    sentence: 'a session that is OPEN is replaced while another client writes what it follows',
    rules: ['S2', 'S6'],
    tooth: 'replaced-connection-left-open',
    setup: oneFollows,
    threads: [[startSession('c1', tokenOf('cleo'))], [add('c2', 'rent')]],
  },
  'half-open-and-write': {
    sentence: 'a connection may go half-open while both clients write',
    rules: ['S9', 'W1'],
    tooth: 'outbox-not-sent-again',
    threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
    fault: { do: 'cut', client: 'c1', how: 'halfOpen' },
  },
  /** One session after another on one client, each command before the last has come to its end: five steps are bearable where nobody writes. */
  'session-from-hand-to-hand': {
    sentence: 'a client that follows leaves, returns, ends its session and begins another for somebody else',
    rules: ['S1', 'S2', 'S10'],
    tooth: 'late-close-hits-new-session',
    clients: ['c1'],
    setup: follows('c1', 'ann'),
    threads: [
      [
        { do: 'disconnect', client: 'c1' },
        { do: 'connect', client: 'c1' },
        { do: 'endSession', client: 'c1' },
        startSession('c1', tokenOf('bob')),
      ],
    ],
  },
  'subscribe-and-write': {
    sentence: 'a subscription begins while another client writes what it is about, and its connection may be lost',
    rules: ['Q5', 'Q3', 'Q6', 'H4'],
    tooth: 'delta-looks-at-new-row-only',
    setup: [startSession('c1', tokenOf('ann')), startSession('c2', tokenOf('bob')), subscribe('c2', 's2')],
    threads: [[subscribe('c1', 's1')], [done('c2')]],
    fault: { do: 'cut', client: 'c1', how: 'abrupt' },
  },
  'expiry-and-write': {
    sentence: 'a token expires while its client and another one write',
    rules: ['S5', 'S7', 'S9'],
    tooth: 'update-before-acknowledgement',
    setup: [...bothFollowFrom(startSession('c1', tokenOf('ann', 20_000))), { do: 'advance', ms: 20_000 }],
    threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  },
  'clear-and-write': {
    sentence: 'a client clears its store while its own write is under way',
    rules: ['K1', 'W5'],
    tooth: 'groups-not-left-on-disconnect',
    clients: ['c1'],
    setup: follows('c1', 'ann'),
    threads: [[retitle('c1', 'of c1'), { do: 'clear', client: 'c1' }]],
  },
  /** Were all three written in the race too, it would be ten times as dear. */
  'delete-and-update': {
    sentence: 'a row is deleted and inserted anew while an update of another client, made before it knew, is on its way',
    rules: ['W3', 'Q5', 'W4', 'Q2'],
    tooth: 'update-revives-generation',
    setup: [
      ...bothFollow,
      { do: 'hold', label: 'c2→server' },
      retitle('c2', 'of c2'),
      { do: 'hold', label: 'server append' },
      { do: 'delete', client: 'c1', collection: 'todos', id: 'milk' },
      add('c1', 'milk'),
    ],
    threads: [[{ do: 'release', label: 'server append' }], [{ do: 'release', label: 'c2→server' }]],
  },
  'refresh-and-write': {
    sentence: 'a token is refreshed by its handler while its client writes what another one follows',
    rules: ['S4', 'S7', 'S3'],
    tooth: 'refresh-resubscribes',
    setup: [...bothFollowFrom(refreshing('c1')), { do: 'advance', ms: 10_000 }],
    threads: [[retitle('c1', 'of c1')]],
  },
  'client-crash-and-write': {
    sentence: 'a client that writes may crash, lose what it was storing, and begin a session again',
    rules: ['K2', 'W5', 'W1'],
    tooth: 'acknowledged-write-stays-stored',
    threads: [[retitle('c1', 'of c1'), startSession('c1', tokenOf('ann'))]],
    fault: { do: 'restartClient', client: 'c1', keepsTail: false },
  },
  'end-session-and-refresh': {
    sentence: 'a session ends while its token is being refreshed, and another one begins',
    rules: ['S10', 'S2', 'S7'],
    tooth: 'old-refresh-answers-new-session',
    clients: ['c1'],
    setup: refreshUnderWay,
    threads: [[{ do: 'endSession', client: 'c1' }, startSession('c1', tokenOf('cleo'))]],
  },
  'one-attribute': {
    sentence: 'two clients that follow a row write the same attribute of it',
    rules: ['Q3', 'Q5', 'W3', 'W5', 'Q2', 'H2'],
    tooth: 'update-before-acknowledgement',
    threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  },
  'refresh-and-other-write': {
    sentence: 'a token is refreshed by its handler while another client writes',
    rules: ['S4', 'S7', 'S3'],
    tooth: 'refreshed-connection-goes-quiet',
    setup: [refreshing('c1'), startSession('c2', tokenOf('bob')), subscribe('c1', 's1'), { do: 'advance', ms: 10_000 }],
    threads: [[add('c2', 'rent')]],
  },
  /** With a connection throughout it would be ten times as dear. */
  'clear-offline-and-write': {
    sentence: 'a client that is disconnected clears its store while its own write is being stored, writes again and connects',
    rules: ['K1', 'W5'],
    tooth: 'clear-hears-earlier-storage',
    clients: ['c1'],
    setup: [startSession('c1', tokenOf('ann')), { do: 'disconnect', client: 'c1' }],
    threads: [[add('c1', 'rent'), { do: 'clear', client: 'c1' }, add('c1', 'salt'), { do: 'connect', client: 'c1' }]],
  },
  /** The smallest of all, so that each of its schedules can be run by itself too. */
  'end-session': {
    sentence: 'a session ends while its token is being refreshed',
    rules: ['S10', 'S7'],
    tooth: 'refresh-timer-survives-session',
    clients: ['c1'],
    setup: refreshUnderWay,
    threads: [[{ do: 'endSession', client: 'c1' }]],
  },
});
