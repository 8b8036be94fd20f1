/**
 * What an event is worth in the explanation of a failure, and how it is told in half a sentence. The weights are those
 * of a reader: what was decided and what was shown tells more than what was sent, and most of all what concerns the
 * same client, subscription, connection or write as the failure.
 */
import type { Action, ClientWord, Observation, ServerWord, Status } from '../../model/actions.ts';
import type { Subject } from './subject.ts';
import type { Names } from './titles.ts';
import { fullWord, sayClosing, sayCommand, sayRows, sayToken, shortWord } from './words.ts';

/** Half a sentence: `the server`, `commits write 1 of c1`. */
export interface Phrase {
  readonly weight: number;
  readonly who: string;
  readonly does: string;
  /** What follows from it as a matter of course, and need not be said as well. */
  readonly implies?: string;
}

export interface PhraseMatter {
  readonly subject: Subject;
  readonly names: Names;
  /** The command is the step under which it stands, and is told by it. */
  readonly isOwn: boolean;
}

export function phraseOf(action: Action, matter: PhraseMatter): Phrase | null {
  const phrase = plainPhrase(action, matter);
  if (phrase === null) return null;
  const ofSession = isOfSession(action) && /^[QWHP]/u.test(matter.subject.rule) ? 0.7 : 1;
  return { ...phrase, weight: phrase.weight * ofSession * nearness(action, matter.subject, matter.names) };
}

/** Where rows and writes are at stake, how a connection came about says less. */
function isOfSession(action: Action): boolean {
  if (action.kind === 'observed') return ['status', 'sessionError'].includes(action.observation.saw);
  return ['attempted', 'clientClosed', 'serverClosed', 'clientHeardClose', 'serverHeardClose'].includes(action.kind);
}

function nearness(action: Action, subject: Subject, names: Names): number {
  const client = 'client' in action ? action.client : 'clientId' in action ? names.clientOf(action.clientId) : null;
  const isDecision = action.kind === 'committed' || action.kind === 'refused';
  const ofClient = client === null || subject.clients.size === 0 || subject.clients.has(client) ? 1 : isDecision ? 0.9 : 0.4;
  const ofConnection = 'connection' in action && subject.connections.has(action.connection) ? 1.2 : 1;
  const sequence = 'sequence' in action ? action.sequence : 'word' in action && 'sequence' in action.word ? action.word.sequence : null;
  const ofWrite = sequence !== null && subject.writes.has(sequence) ? 1.4 : 1;
  const ofSubscription = subscriptionsOf(action).some((name) => subject.subscriptions.has(name)) ? 1.5 : 1;
  const ofRows = rowsOf(action).some((id) => subject.rows.has(id)) ? 1.4 : 1;
  return ofClient * ofConnection * ofWrite * ofSubscription * ofRows;
}

function rowsOf(action: Action): readonly string[] {
  if (action.kind === 'observed' && action.observation.saw === 'results') return action.observation.rows.map(({ id }) => id);
  return 'word' in action && 'rows' in action.word ? action.word.rows.map(({ id }) => id) : [];
}

function subscriptionsOf(action: Action): readonly string[] {
  if (action.kind === 'observed' && 'subscription' in action.observation) return [action.observation.subscription];
  if (!('word' in action)) return [];
  if ('subscription' in action.word) return [action.word.subscription];
  return 'subscriptions' in action.word ? action.word.subscriptions : [];
}

function plainPhrase(action: Action, { subject, names, isOwn }: PhraseMatter): Phrase | null {
  switch (action.kind) {
    case 'command':
      return isOwn ? null : { weight: 2, who: action.client, does: `calls ${sayCommand(action.command)}` };
    case 'observed':
      return observed(action.client, action.observation, { subject, names });
    case 'refreshAnswered':
      return {
        weight: 2,
        who: `the refresh handler of ${action.client}`,
        does: `answers ${action.token === null ? 'nothing' : sayToken(action.token.label)}`,
      };
    case 'attempted':
      return { weight: 1.5, who: action.client, does: `begins connection ${action.connection}` };
    case 'clientSent':
    case 'serverSent':
      return sent(action.kind === 'clientSent' ? action.client : 'the server', action.client, action.word, subject);
    case 'serverReceived':
    case 'clientHeard':
      if (action.word.word === 'accepted')
        return { weight: 2.2, who: action.client, does: `is accepted on connection ${action.connection}` };
      if (action.word.word !== 'nonsense') return null;
      return { weight: 0.9, who: action.kind === 'clientHeard' ? action.client : 'the server', does: `hears ${shortWord(action.word)}` };
    case 'clientClosed':
      return { weight: 2, who: action.client, does: `${action.givenUp ? 'gives up' : 'closes'} connection ${action.connection}` };
    case 'serverClosed':
      return {
        weight: 2.5,
        who: 'the server',
        does: `closes connection ${action.connection} of ${action.client} (${sayClosing(action.closing)})`,
      };
    case 'clientHeardClose':
      return {
        weight: 1.2,
        who: action.client,
        does: `hears that connection ${action.connection} is closed (${sayClosing(action.closing)})`,
      };
    case 'serverHeardClose':
      return {
        weight: /^[HS]/u.test(subject.rule) ? 1 : 0.6,
        who: 'the server',
        does: `hears that connection ${action.connection} is closed`,
      };
    case 'notStored':
      return { weight: 2.5, who: `the storage of ${action.client}`, does: `fails to keep write ${action.sequence}` };
    case 'stored':
      return { weight: 1, who: `the storage of ${action.client}`, does: `holds write ${action.sequence}` };
    case 'cleared':
      return { weight: 1.5, who: `the storage of ${action.client}`, does: 'has cleared itself' };
    default:
      return decided(action, subject, names);
  }
}

function observed(client: string, observation: Observation, { names, subject }: Omit<PhraseMatter, 'isOwn'>): Phrase | null {
  switch (observation.saw) {
    case 'status':
      return {
        weight: weightOfStatus(observation.status),
        who: client,
        does: `is ${observation.status}`,
      };
    case 'sessionError':
      return { weight: 2, who: client, does: `tells its user of ${observation.type}` };
    case 'settled': {
      const call = names.callOf(observation.promise);
      const isSubject = subject.text.includes(call) ? 2 : 0.4;
      if (observation.error === null) return { weight: isSubject, who: `${call} of ${client}`, does: 'resolves' };
      return { weight: 2.4, who: `${call} of ${client}`, does: `rejects with ${observation.error}` };
    }
    case 'results':
      return {
        weight: observation.fulfilled ? 1.4 : 0.9,
        who: `${observation.subscription} of ${client}`,
        does: `shows ${sayRows(observation.rows)}${observation.fulfilled ? '' : ' (not yet fulfilled)'}`,
      };
    case 'subscriptionError':
      return { weight: 2, who: `${observation.subscription} of ${client}`, does: `shows ${observation.error}` };
    case 'refreshAsked':
      return { weight: 2, who: client, does: `asks its refresh handler (call ${observation.call})` };
    case 'syncFailed':
      return { weight: 1.5, who: client, does: `tells its user that a write failed (${observation.error})` };
    case 'remoteFulfilled':
    case 'synced':
    case 'notSynced':
      return null;
  }
}

/** OPEN and CONNECTING follow from what is told anyhow. */
function weightOfStatus(status: Status): number {
  if (status === 'OPEN' || status === 'CONNECTING') return 0.5;
  return status === 'CLOSED' ? 1.6 : 1;
}

function sent(who: string, client: string, word: ClientWord | ServerWord, { rule }: Subject): Phrase | null {
  switch (word.word) {
    case 'answered':
      return {
        weight: 1.5,
        who,
        does: `answers ${word.subscription} of ${client} at version ${word.version} with ${sayRows(word.rows)}${rule.startsWith('H') ? ` (group ${word.group})` : ''}`,
        implies: `${word.subscription} of ${client} shows ${sayRows(word.rows)}`,
      };
    case 'updated':
      return { weight: 1.5, who, does: `sends ${client} the update of ${word.subscriptions.join(', ')} to version ${word.version}` };
    case 'tokenRefused':
    case 'tokenAccepted':
      return { weight: 1.8, who, does: `answers ${client}: ${fullWord(word)}` };
    case 'updateToken':
      return { weight: 1.8, who, does: `sends ${fullWord(word)}` };
    case 'acknowledged':
      return { weight: 1, who, does: `acknowledges write ${word.sequence} of ${client}` };
    case 'schemaAsked':
      return { weight: 1.4, who, does: `asks ${client} for its schema` };
    case 'write':
      return { weight: 1, who, does: `sends write ${word.sequence}` };
    case 'hello':
      return { weight: 0.8, who, does: `says hello as ${sayToken(word.token)}` };
    case 'nonsense':
      return { weight: 2, who, does: `says ${fullWord(word)}` };
    default:
      return null;
  }
}

/** What the server decided, or what befell it. */
function decided(action: Action, subject: Subject, { clientOf }: Names): Phrase | null {
  switch (action.kind) {
    case 'committed':
      return {
        weight: 2.2,
        who: 'the server',
        does: `commits write ${action.sequence} of ${clientOf(action.clientId)} as version ${action.version}`,
      };
    case 'refused':
      return { weight: 2.5, who: 'the server', does: `rejects write ${action.sequence} of ${clientOf(action.clientId)} (${action.error})` };
    case 'appendBegan':
      return { weight: 1, who: 'the server', does: `begins to append write ${action.sequence} of ${action.client}` };
    case 'schemaCommitted':
      return { weight: 2.2, who: 'the new schema', does: `is in force as version ${action.version}` };
    case 'pushSettled':
      return { weight: 2, who: `overrideSchema (${action.push})`, does: `comes to its end: ${action.outcome.outcome}` };
    case 'appendFailed':
      return {
        weight: 2.5,
        who: "the server's storage",
        does: `fails to append${action.kept === null ? ' (the entry is lost)' : ' (and yet holds the entry)'}`,
      };
    case 'recoveryBegan':
      return { weight: 1.5, who: 'the server', does: 'reads its log anew' };
    case 'recovered':
      return { weight: 1.5, who: 'the server', does: `goes on from version ${action.version}` };
    case 'serverStopped':
      return { weight: 1.2, who: 'the server', does: action.how === 'crash' ? 'crashes' : 'stops' };
    case 'strangerHeard':
      return {
        weight: 2,
        who: 'the server',
        does:
          action.closing === null ? 'leaves the stranger connected' : `closes the stranger's connection (${sayClosing(action.closing)})`,
      };
    case 'evaluated':
    case 'encoded':
      if (subject.rule !== 'H2') return null;
      return {
        weight: 2.5,
        who: 'the server',
        does: `${action.kind === 'evaluated' ? 'evaluates' : 'encodes an update for'} group ${action.group}`,
      };
    default:
      return null;
  }
}
