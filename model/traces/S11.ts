/** S11: a token is judged before any data, by keys that are fetched once, kept for a while, and never guessed at. */
import type { Action, ClientName, Token } from '../actions.ts';
import {
  clientSays,
  drew,
  idOf,
  keyFetchBegan,
  keyFetchFailed,
  keysCame,
  latest,
  observedSessionError,
  observedStatus,
  opened,
  quiet,
  serverCannotJudge,
  serverCloses,
  serverSays,
  serverSent,
  task,
  time,
} from './build.ts';
import { ann, annForged, bob } from './cast.ts';
import { connecting } from './prefixes.ts';
import type { RuleTraces, Trace } from './trace.ts';

const cyd: Token = { ...bob, label: 'cyd', key: 'of nobody' };
const dan: Token = { ...cyd, label: 'dan' };

function greets(client: ClientName, connection: number, token: Token, ...then: readonly Action[]): readonly Action[] {
  const hello = clientSays(client, connection, { word: 'hello', token: token.label, clientId: idOf(client), schema: null });
  const promise = `start ${connection}`;
  return [...connecting(client, connection, token, { promise }), ...task(opened(client, connection), ...hello, ...then)];
}
function letIn(client: ClientName, connection: number): readonly Action[] {
  return [...serverSays(client, connection, { word: 'accepted' }), observedStatus(client, 'OPEN')];
}
function refused(client: ClientName, connection: number): readonly Action[] {
  return [
    ...serverCloses(client, connection, 'UNAUTHORIZED'),
    observedStatus(client, 'CLOSED'),
    observedSessionError(client, 'UNAUTHORIZED'),
  ];
}
function pair(before: readonly Action[], accepts: Trace, rejects: Trace): { readonly accepts: Trace; readonly rejects: Trace } {
  const after = ({ title, actions }: Trace): Trace => ({ title, actions: [...before, ...actions] });
  return { accepts: after(accepts), rejects: after(rejects) };
}

const forged = greets('c1', 1, annForged);
const fetching = greets('c1', 1, ann, keyFetchBegan(1));
const open = [...fetching, ...task(...keysCame(1, 'secret'), ...letIn('c1', 1))];
const asked = [...open, ...greets('c2', 2, cyd, keyFetchBegan(2)), ...task(...keysCame(2, 'secret'), ...refused('c2', 2))];
const notCome = [...fetching, keyFetchFailed(1)];

export const traces: RuleTraces = {
  rule: 'S11',
  keySet: true,
  ...pair(
    forged,
    {
      title: 'a token with algorithm `none` is refused as UNAUTHORIZED',
      actions: [...task(...refused('c1', 1)), quiet({ c1: ['CLOSED', annForged] })],
    },
    { title: 'a token with algorithm `none` is accepted', actions: [serverSent('c1', 1, { word: 'accepted' })] },
  ),
  also: [
    pair(
      [...fetching, ...greets('c2', 2, bob)],
      {
        title: 'two wait for one fetch of the key set',
        actions: [...task(...keysCame(1, 'secret'), ...letIn('c1', 1), ...letIn('c2', 2)), quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] })],
      },
      { title: 'the key set is fetched twice at once', actions: [keyFetchBegan(2)] },
    ),
    pair(
      [...asked, time(29_999), ...greets('c2', 3, dan)],
      {
        title: 'within 30 s of a fetch for an unknown name, another such name is refused at once',
        actions: task(...refused('c2', 3)),
      },
      { title: 'it is fetched for once more', actions: [keyFetchBegan(3)] },
    ),
    pair(
      [...asked, time(30_000), ...greets('c2', 3, dan)],
      {
        title: 'after 30 s an unknown name is fetched for again',
        actions: [keyFetchBegan(3), ...task(...keysCame(3, 'of nobody'), ...letIn('c2', 3))],
      },
      { title: 'after 30 s an unknown name is refused unasked', actions: serverCloses('c2', 3, 'UNAUTHORIZED').slice(0, 1) },
    ),
    pair(
      notCome,
      {
        title: 'who cannot be judged since the fetch failed is told to come back',
        actions: task(...serverCannotJudge('c1', 1), drew('c1', latest), observedStatus('c1', 'CLOSED')),
      },
      { title: 'he is refused', actions: serverCloses('c1', 1, 'UNAUTHORIZED').slice(0, 1) },
    ),
    pair(
      [...open, time(600_000), ...greets('c2', 2, bob)],
      {
        title: 'after 10 min the key set is fetched again; where that fails, its keys serve on',
        actions: [keyFetchBegan(2), ...task(keyFetchFailed(2), ...letIn('c2', 2))],
      },
      { title: 'a token is judged by a key set that is 10 min old', actions: [serverSent('c2', 2, { word: 'accepted' })] },
    ),
    pair(
      [...open, time(3_600_000), ...greets('c2', 2, bob), keyFetchBegan(2), keyFetchFailed(2)],
      {
        title: 'a key set that is an hour old does not serve on',
        actions: task(...serverCannotJudge('c2', 2), drew('c2', latest), observedStatus('c2', 'CLOSED')),
      },
      { title: 'a token is judged by a key set that is an hour old', actions: [serverSent('c2', 2, { word: 'accepted' })] },
    ),
  ],
};
