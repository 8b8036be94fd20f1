/** An event of a trace as text: what the hash is over, and what twin runs are compared by. Equal runs give equal text. */
import { sayStep } from './scripts/words.ts';
import type { Happening, TracedAction, TraceEvent } from './trace.ts';

export function traceLine(event: TraceEvent): string {
  return `${event.step} ${event.atMs} ${processOf(event)} ${sayEvent(event)}\n`;
}

/** Its kind and everything in it. */
export function sayEvent(event: Happening): string {
  const detail = detailOf(event);
  return `${kindOf(event)} ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`;
}

/** `step`, `skip`, `task` …, or the kind of the model's action. */
export function kindOf(event: Happening): string {
  return event.event === 'action' ? event.action.kind : event.event;
}

/** A text, or the data of an action. */
export function detailOf(event: Happening): string | object {
  return event.event === 'action' ? dataOf(event.action) : textOf(event);
}

/** Of an event that is no action of the model. */
export function textOf(event: Exclude<Happening, { readonly event: 'action' }>): string {
  switch (event.event) {
    case 'step':
      return sayStep(event.taken);
    case 'skip':
      return event.skipped;
    case 'task':
      return event.label;
    case 'cut short':
      return `after ${event.tasks} tasks`;
    case 'twin':
      return `the same again, with ${event.difference}`;
    case 'failed':
      return event.class;
  }
}

function dataOf(action: TracedAction): object {
  // The schemas of a quiescence are long, and equal to those that the model knows; so are the numbers of pending writes.
  if (action.kind === 'quiescent') return { ...action.quiescence, schemas: undefined, pendingWrites: undefined };
  const { kind: _kind, ...data } = action;
  return data;
}

type Place<One> = One extends { readonly process: string }
  ? 'the process named'
  : One extends { readonly client: string }
    ? 'client' | 'server'
    : 'server' | 'world';

/** Whose event an action is. One that names a client may be that client's or the server's. */
const places: { readonly [Kind in TracedAction['kind']]: Place<Extract<TracedAction, { readonly kind: Kind }>> } = {
  command: 'client',
  refreshAnswered: 'client',
  observed: 'client',
  callbackFailed: 'client',
  callbackFailureLogged: 'client',
  attempted: 'client',
  opened: 'client',
  clientSent: 'client',
  clientHeard: 'client',
  clientClosed: 'client',
  clientHeardClose: 'client',
  stored: 'client',
  notStored: 'client',
  forkFailed: 'client',
  clearFailed: 'client',
  clearBeganAgain: 'client',
  loadFailed: 'client',
  loadedAtLast: 'client',
  notForgotten: 'client',
  notRemembered: 'client',
  rememberedAtLast: 'client',
  notHeard: 'client',
  heardAtLast: 'client',
  cleared: 'client',
  drew: 'client',
  forkBegan: 'client',
  forkKept: 'client',
  storageCopied: 'client',
  clientCrashed: 'client',
  fellAsleep: 'client',
  wokeUp: 'client',
  throttled: 'client',
  fellSilent: 'client',
  serverReceived: 'server',
  serverSent: 'server',
  serverClosed: 'server',
  serverHeardClose: 'server',
  readingPaused: 'server',
  readingResumed: 'server',
  appendBegan: 'server',
  committed: 'server',
  evaluated: 'server',
  encoded: 'server',
  looked: 'server',
  commitSpent: 'server',
  answerSpent: 'server',
  keyFetchBegan: 'server',
  keyFetchEnded: 'server',
  keysFetched: 'server',
  refused: 'server',
  schemaPushed: 'server',
  schemaAppendBegan: 'server',
  schemaRefused: 'server',
  schemaCommitted: 'server',
  pushSettled: 'server',
  batchSealed: 'server',
  appendDurable: 'server',
  appendFailed: 'server',
  compactionBegan: 'server',
  compacted: 'server',
  compactionFailed: 'server',
  batchRefused: 'server',
  batchUnplaced: 'server',
  recoveryBegan: 'server',
  recovered: 'server',
  serverStopping: 'server',
  serverStopped: 'server',
  incarnationKept: 'server',
  logCopied: 'server',
  logReplaced: 'server',
  strangerHeard: 'server',
  wallJumped: 'the process named',
  time: 'world',
  keysRotated: 'world',
  quiescent: 'world',
  rejectionLost: 'world',
  processLost: 'world',
};

/** `c1`, `server`, `world`. */
export function processOf(happening: Happening): string {
  return happening.event === 'action' ? processOfAction(happening.action) : 'world';
}

export function processOfAction(action: TracedAction): string {
  if ('process' in action) return action.process;
  const place = places[action.kind];
  return place === 'client' && 'client' in action ? action.client : place;
}
