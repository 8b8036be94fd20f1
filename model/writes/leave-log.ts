/** A client that hears that the log is another one: what it held of the former is gone, and it goes on under a fresh id (W2). */
import { clientOf, settle, withClient } from '../change.ts';
import type { ClientState, ExpectedFailure } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { unexpected } from '../rejection.ts';
import type { State } from '../state.ts';
import { begunAnew, reconnect } from '../store/clear.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';
import { type Change, isUnanswered, type Write } from './changes.ts';
import { entitiesOf } from './outcomes.ts';

/** By the generation of a row that a write begins, what it is called under the fresh id. */
type Renamed = Readonly<Record<string, string>>;

/** The changes under the fresh id; null where one concerns a row that no write of those that go on begins. */
function carriedOver(
  changes: readonly Change[],
  known: Renamed,
  key: string,
): { readonly changes: readonly Change[]; readonly renamed: Renamed } | null {
  let renamed = known;
  const carried: Change[] = [];
  for (const change of changes) {
    if (change.kind === 'insert') {
      renamed = { ...renamed, [nameOf(change)]: key };
      carried.push({ ...change, generation: key });
      continue;
    }
    const generation = renamed[nameOf(change)];
    if (generation === undefined) return null;
    carried.push({ ...change, generation });
  }
  return { changes: carried, renamed };
}

function nameOf({ collection, id, generation }: Change): string {
  return JSON.stringify([collection, id, generation]);
}

interface Parted {
  readonly going: readonly { readonly before: Write; readonly after: Write }[];
  readonly lost: readonly Write[];
}

/** The key tells it from itself as it was: it may be in some log under the former id. */
function part({ name, writes }: ClientState, epoch: number): Parted {
  let renamed: Renamed = {};
  const going: { readonly before: Write; readonly after: Write }[] = [];
  const lost: Write[] = [];
  for (const before of writes.filter(isUnanswered)) {
    const key = `${before.key}@${name}.${epoch}`;
    const carried = carriedOver(before.changes, renamed, key);
    if (carried === null) {
      lost.push(before);
      continue;
    }
    renamed = carried.renamed;
    const after: Write = { ...before, key, epoch, sequence: going.length + 1, changes: carried.changes, stored: false, decided: null };
    going.push({ before, after });
  }
  return { going, lost };
}

const error = 'LogReplacedError';

/** One that storage held is told like a rejection; of any other the promise says it. */
function failuresOf(lost: readonly Write[]): readonly ExpectedFailure[] {
  return lost.filter(({ stored }) => stored).flatMap((write) => [...entitiesOf(write), null].map((entity) => ({ entity, error })));
}

/** Its connection is left before it is OPEN; until storage has the fresh id and the writes, none of them is sent. */
export function leaveLog(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const epoch = client.epochsBegun + 1;
  const { going, lost } = part(client, epoch);
  const keyNow = new Map(going.map(({ before, after }) => [before.key, after.key]));
  const promises = Object.entries(client.promises).map(([promise, known]) => [
    promise,
    known.write === null ? known : { ...known, write: keyNow.get(known.write) ?? known.write },
  ]);
  const isLost = (key: string | null): boolean => lost.some((write) => !write.stored && write.key === key);
  const refused = Object.entries(client.promises).filter(([, { write, outcome }]) => outcome === 'open' && isLost(write));
  const writes = going.map(({ after }) => after);
  const renamed = withClient(state, name, { promises: Object.fromEntries(promises) });
  const left = withClient(renamed, name, {
    ...begunAnew(client, epoch, writes, 'a log that is left'),
    expectedLogReplacements: client.expectedLogReplacements + 1,
    expectedFailures: [...client.expectedFailures, ...failuresOf(lost)],
  });
  const settled = refused.reduce((before, [promise]) => settle(before, name, promise, error), left);
  return reconsider(reconnect(settled, name), name);
}

/** Once for each log that is left. */
export function logReplacementTold(state: State, client: ClientState): State {
  const { name, expectedLogReplacements } = client;
  if (expectedLogReplacements === 0) return unexpected(client, 'W2', 'onLogReplaced', ['nothing']);
  return withClient(state, name, { expectedLogReplacements: expectedLogReplacements - 1 });
}
