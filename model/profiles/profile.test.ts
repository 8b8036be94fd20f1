/** A switch of a profile allows what it names, in words of a trace; without it the model rejects the same. */

import { describe, expect, test } from 'vitest';
import type { Query } from '../../vocabulary/queries.ts';
import type { Action, Token } from '../actions.ts';
import { initialState } from '../beginning.ts';
import { closeTimeoutMs } from '../state.ts';
import { step } from '../step.ts';
import {
  attempted,
  clientCloses,
  clientSays,
  deleteTodo,
  disconnect,
  endSession,
  idOf,
  kept,
  observedFulfilment,
  observedResolved,
  observedResults,
  observedSessionError,
  observedStatus,
  opened,
  quiet,
  refreshAnswered,
  refreshAsked,
  serverCloses,
  serverSays,
  startSession,
  task,
  time,
  updateSessionToken,
} from '../traces/build.ts';
import { ann, annForged, annForOneMinute, annPaying, bob, configuration } from '../traces/cast.ts';
import { answered, asked, connected, connecting } from '../traces/prefixes.ts';
import { type Profile, plainProfile } from './profile.ts';

const refused = [
  ...connecting('c1', 1, annForged),
  ...task(opened('c1', 1), ...clientSays('c1', 1, { word: 'hello', token: 'ann forged', clientId: idOf('c1'), schema: null })),
];
function helloWith({ label }: Token): readonly Action[] {
  return clientSays('c1', 1, { word: 'hello', token: label, clientId: idOf('c1'), schema: null });
}

/** Quiescence while the network holds that link. */
function blocked(sessions: Parameters<typeof quiet>[0], link: string): Action {
  const action = quiet(sessions);
  return action.kind === 'quiescent' ? { ...action, quiescence: { ...action.quiescence, blocked: [link] } } : action;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** The two have just talked, so that neither is silent. */
const expired = [
  ...connected('c1', 1, annForOneMinute),
  time(minuteMs - 1),
  ...task(...clientSays('c1', 1, { word: 'ping' }), ...serverSays('c1', 1, { word: 'pong' })),
  time(minuteMs),
];
/** Nobody has written any. */
const notes: Query = { collection: 'notes', where: [], order: [] };
const nothingFound = [...connected('c1', 1, ann), ...asked('c1', 1, 'q1', notes), ...answered('c1', 1, 'q1', [])];
const annUndecodable: Token = { ...ann, label: 'ann undecodable', flaw: 'undecodable' };

const promises: readonly { readonly of: keyof Profile; readonly title: string; readonly actions: readonly Action[] }[] = [
  {
    of: 'resolvesUpdatesUnanswered',
    title: 'an update of the token resolves before its answer',
    actions: [...connected('c1', 1, ann), ...task(updateSessionToken('c1', annPaying), observedResolved('c1', 'token'))],
  },
  {
    of: 'keepsFirstKeys',
    title: 'the server goes by keys that it never fetched',
    actions: task({ kind: 'keysFetched', keys: ['key-1'] }),
  },
  {
    of: 'saysTokenAtOpening',
    title: 'a client that is left while connecting shows its token',
    actions: [
      ...connecting('c1', 1, ann),
      ...task(disconnect('c1'), observedStatus('c1', 'CLOSING')),
      ...task(opened('c1', 1), ...helloWith(ann)),
    ],
  },
  {
    of: 'tellsErrorBeforeStatus',
    title: 'a session that is ended in onSessionError is never told CLOSED',
    actions: [
      ...refused,
      ...task(
        ...serverCloses('c1', 1, 'UNAUTHORIZED'),
        observedSessionError('c1', 'UNAUTHORIZED'),
        endSession('c1'),
        observedStatus('c1', 'UNINITIALIZED'),
        observedResolved('c1', 'end'),
      ),
      quiet({}),
    ],
  },
  {
    of: 'tellsErrorWhileClosing',
    title: 'a close of the server that crosses disconnect() is told',
    actions: [
      ...refused,
      ...task(disconnect('c1'), observedStatus('c1', 'CLOSING'), clientCloses('c1', 1)),
      ...task(...serverCloses('c1', 1, 'UNAUTHORIZED'), observedSessionError('c1', 'UNAUTHORIZED'), observedStatus('c1', 'CLOSED')),
    ],
  },
  {
    of: 'tellsFourSessionErrors',
    title: 'a close since the client broke the protocol is not told',
    actions: [
      ...connected('c1', 1, ann),
      ...task({ kind: 'serverReceived', client: 'c1', connection: 1, word: { word: 'nonsense', nonsense: 'notJson' } }),
      ...task(...serverCloses('c1', 1, 'INTERNAL_ERROR'), observedStatus('c1', 'CLOSED')),
      quiet({ c1: ['CLOSED', ann] }),
    ],
  },
  {
    of: 'beginsWithAnswer',
    title: 'a session begun with an expired token is begun with what the handler brings, other roles and all',
    actions: [
      time(60_000),
      ...task(startSession('c1', annForOneMinute, { refreshEveryMs: null }), observedStatus('c1', 'CLOSED'), refreshAsked('c1', 1)),
      ...task(refreshAnswered('c1', 1, bob), observedResolved('c1', 'start'), attempted('c1', 1), observedStatus('c1', 'CONNECTING')),
      ...task(opened('c1', 1), ...helloWith(bob)),
    ],
  },
  {
    of: 'refreshesByTimerAlone',
    title: 'a token that cannot be read schedules no refresh',
    actions: [
      ...connecting('c1', 1, annUndecodable, { refreshEveryMs: 2_000 }),
      ...task(opened('c1', 1), ...clientSays('c1', 1, { word: 'hello', token: 'ann undecodable', clientId: idOf('c1'), schema: null })),
      ...task(...serverCloses('c1', 1, 'UNAUTHORIZED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'UNAUTHORIZED')),
      time(2_000),
      quiet({ c1: ['CLOSED', annUndecodable] }),
    ],
  },
  {
    of: 'opensWithSocket',
    title: 'a client is OPEN when its socket opens',
    actions: [...connecting('c1', 1, ann), ...task(opened('c1', 1), ...helloWith(ann), observedStatus('c1', 'OPEN'))],
  },
  {
    of: 'hasNoHeartbeat',
    title: 'a connection may be silent for an hour',
    actions: [...connected('c1', 1, ann), time(hourMs), quiet({ c1: ['OPEN', ann] })],
  },
  {
    of: 'hasNoClosingTimer',
    title: 'CLOSING lasts while the other end does not answer',
    actions: [
      ...connected('c1', 1, ann),
      ...task(disconnect('c1'), observedStatus('c1', 'CLOSING'), clientCloses('c1', 1)),
      time(closeTimeoutMs),
      blocked({ c1: ['CLOSING', ann] }, 'c1→server'),
    ],
  },
  {
    of: 'noticesExpiryAtNextMessage',
    title: 'no timer closes an expired connection',
    actions: [...expired, quiet({ c1: ['OPEN', annForOneMinute] })],
  },
  {
    of: 'refusesExpiredAsUnauthorized',
    title: 'a token that is expired when it is shown first is UNAUTHORIZED',
    actions: [
      time(minuteMs),
      ...connecting('c1', 1, annForOneMinute),
      ...task(opened('c1', 1), ...helloWith(annForOneMinute)),
      ...task(...serverCloses('c1', 1, 'UNAUTHORIZED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'UNAUTHORIZED')),
    ],
  },
  {
    of: 'deletesUnseen',
    title: 'a delete of a row that is not held is no error',
    actions: task(deleteTodo('c1', 'nowhere'), ...kept('c1', 1, 'delete')),
  },
  {
    of: 'repeatsFulfilment',
    title: 'that the server has answered is told again',
    actions: [...nothingFound, observedFulfilment('c1', 'q1')],
  },
  {
    of: 'repeatsResults',
    title: 'equal results are told again',
    actions: [...nothingFound, observedResults('c1', 'q1', [])],
  },
  {
    of: 'answersNonsense',
    title: 'a stranger without a token is UNAUTHORIZED',
    actions: [{ kind: 'strangerHeard', said: 'notJson', closing: { reason: 'UNAUTHORIZED', retry: false, explained: false } }],
  },
];

function isAllowed(actions: readonly Action[], profile: Profile): string {
  let state = initialState({ ...configuration, profile });
  for (const action of actions) {
    const next = step(state, action);
    if (!next.ok) return `${next.rejected.rule} ${next.rejected.message}: ${next.rejected.shown}`;
    state = next.state;
  }
  return 'allowed';
}

describe.each(promises)('$of', ({ of, title, actions }) => {
  test(`allows: ${title}`, () => expect(isAllowed(actions, { ...plainProfile, [of]: true })).toBe('allowed'));
  test('is off without it', () => expect(isAllowed(actions, plainProfile)).not.toBe('allowed'));
});

test('a token that travels with the opening is that of the session all the same', () => {
  const profile = { ...plainProfile, saysTokenAtOpening: true };
  const opening = [...connecting('c1', 1, ann), opened('c1', 1)];
  expect(isAllowed([...opening, ...helloWith(ann)], profile)).toBe('allowed');
  expect(isAllowed([...opening, ...helloWith(annPaying)], profile)).toMatch(/^S2 c1 said hello with another token/u);
});

describe('what a switch does not allow', () => {
  test('data, or only a pong, after a token has expired', () => {
    const profile = { ...plainProfile, noticesExpiryAtNextMessage: true };
    expect(isAllowed([...expired, ...serverSays('c1', 1, { word: 'pong' })], profile)).toMatch(/^S5 /u);
  });

  test('other results than the last, told again', () => {
    const profile = { ...plainProfile, repeatsResults: true };
    expect(isAllowed([...nothingFound, observedResults('c1', 'q1', [{ id: 'n1' }])], profile)).not.toBe('allowed');
  });

  test('fulfilment before the server has answered', () => {
    const profile = { ...plainProfile, repeatsFulfilment: true };
    const unanswered = [...connected('c1', 1, ann), ...asked('c1', 1, 'q1', notes)];
    expect(isAllowed([...unanswered, observedFulfilment('c1', 'q1')], profile)).toMatch(/^Q6 /u);
  });

  test('a stranger whose connection stays', () => {
    const profile = { ...plainProfile, answersNonsense: true };
    expect(isAllowed([{ kind: 'strangerHeard', said: 'notJson', closing: null }], profile)).toMatch(/^B1 /u);
  });
});
