/** Steps in readable words: one line each, for failures, replays and pages. */
import type { Nonsense, StrangerWord, TransactionOperation } from '../../model/actions.ts';
import { sayAttributes, sayQuery } from '../language/words-query.ts';
import { saySchema } from '../language/words-schema.ts';
import { sayDuration } from '../language/words-time.ts';
import { sayRefresh, sayToken } from '../language/words-tokens.ts';
import type { Step } from './script.ts';

export { sayFilter, sayQuery } from '../language/words-query.ts';
export { saySchema } from '../language/words-schema.ts';
export { sayDuration } from '../language/words-time.ts';
export { sayToken } from '../language/words-tokens.ts';

export function sayStep(step: Step): string {
  switch (step.do) {
    case 'startSession':
      return `${step.client} starts a session as ${sayToken(step.token)}${step.connect ? '' : ', without connecting'}${sayRefresh(step.refresh)}`;
    case 'updateSessionToken':
      return `${step.client} updates its token to ${sayToken(step.token)}`;
    case 'endSession':
      return `${step.client} ends its session`;
    case 'connect':
      return `${step.client} connects`;
    case 'disconnect':
      return `${step.client} disconnects`;
    case 'subscribe':
      return `${step.client} subscribes ${step.subscription}: ${sayQuery(step.query)}`;
    case 'unsubscribe':
      return `${step.client} unsubscribes ${step.subscription}`;
    case 'insert':
    case 'update':
    case 'delete':
      return `${step.client} ${sayOperation(step)}`;
    case 'transact':
      return `${step.client} in one transaction ${step.operations.map(sayOperation).join(', ') || 'does nothing'}`;
    case 'clear':
      return `${step.client} clears its store`;
    case 'together':
      return `at once: ${step.commands.map(sayStep).join('; ')}`;
    case 'inCallback':
      return `in the next ${callbackWords[step.callback]} callback of ${step.client}: ${sayStep(step.command)}`;
    case 'hold':
      return `hold ${step.label}`;
    case 'release':
      return `release ${step.label}`;
    case 'deliver':
      return `deliver ${step.count} of ${step.label}`;
    case 'advance':
      return `${sayDuration(step.ms)} pass`;
    case 'cut':
      return `the connection of ${step.client} ${cutWords[step.how]}`;
    case 'refuseConnections':
      return `connections of ${step.client} are refused`;
    case 'acceptConnections':
      return `connections of ${step.client} are accepted again`;
    case 'jumpWallClock':
      return `the wall clock of ${sayProcess(step.process)} jumps ${sayDuration(Math.abs(step.byMs))} ${step.byMs < 0 ? 'back' : 'ahead'}`;
    case 'rotateKeys':
      return 'the signing keys are rotated';
    case 'pushSchema':
      return `the server's schema becomes ${saySchema(step.schema)}`;
    case 'restartServer':
      return `the server ${step.how === 'crash' ? 'crashes and is' : 'is'} restarted${step.keepsTail ? ', what it was appending is kept' : ''}`;
    case 'restartClient':
      return `${step.client} crashes and is restarted${step.keepsTail ? ', what it was storing is kept' : ''}`;
    case 'failStorage':
      return `the storage of ${sayProcess(step.process)} fails once${step.keepsTail && step.process === 'server' ? ', and keeps the entry all the same' : ''}`;
    case 'inject':
      return `${step.to === 'server' ? `the server hears from ${step.client}` : `${step.client} hears`} ${nonsenseWords[step.nonsense]}`;
    case 'stranger':
      return `a stranger connects and says ${strangerSays[step.says]}`;
  }
}

function sayOperation(operation: TransactionOperation): string {
  switch (operation.do) {
    case 'insert':
      return `inserts ${operation.collection}/${operation.row.id}${sayContent(operation.row)}`;
    case 'update':
      return `updates ${operation.collection}/${operation.id}: ${sayAttributes(operation.changes) || 'nothing'}`;
    case 'delete':
      return `deletes ${operation.collection}/${operation.id}`;
  }
}

function sayProcess(process: string): string {
  return process === 'server' ? 'the server' : process;
}

const nonsenseWords: Readonly<Record<Nonsense, string>> = {
  notJson: 'what is no JSON',
  notAFrame: 'what is no frame',
  unknownType: 'a frame of an unknown type',
  missingField: 'a frame that lacks a field',
  badFilter: 'a query with a filter that is none',
  helloAgain: 'a second hello',
  subscribedTwice: 'a name of a subscription for the second time',
  writeGap: 'a write out of order',
  requestGap: 'a token update out of order',
  oversized: 'a frame that is too long',
};
const strangerSays: Readonly<Record<StrangerWord, string>> = {
  notJson: 'what is no JSON',
  oversized: 'a frame that is too long',
  beforeHello: 'something before its hello',
  otherVersion: 'hello in another version of the protocol',
};

const callbackWords = {
  status: 'status',
  sessionError: 'session error',
  results: 'results',
  synced: 'synced',
  syncFailed: 'failure to sync',
} as const;
const cutWords = { clean: 'is closed by the network', abrupt: 'is lost', halfOpen: 'goes half-open' } as const;

function sayContent(row: Readonly<Record<string, Parameters<typeof sayAttributes>[0][string]>>): string {
  const { id: _, ...attributes } = row;
  const words = sayAttributes(attributes);
  return words === '' ? '' : `: ${words}`;
}
