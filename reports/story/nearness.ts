/** What an event is worth in the explanation of a failure: most of all what concerns the same client, subscription, connection or write. */
import type { TracedAction } from '../../properties/trace.ts';
import { phraseOf } from '../events/catalogue.ts';
import type { Names, Phrase, PhraseMatter } from '../events/phrase.ts';
import type { Subject } from './subject.ts';

export function weighedPhrase(action: TracedAction, matter: PhraseMatter & { readonly subject: Subject }): Phrase | null {
  const phrase = phraseOf(action, matter);
  if (phrase === null) return null;
  // Where rows and writes are at stake, how a connection came about says less.
  const ofSession = phrase.isOfSession === true && /^[QWHP]/u.test(matter.subject.rule) ? 0.7 : 1;
  return { ...phrase, weight: phrase.weight * ofSession * nearness(action, matter.subject, matter.names) };
}

function nearness(action: TracedAction, subject: Subject, names: Names): number {
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

function rowsOf(action: TracedAction): readonly string[] {
  if (action.kind === 'observed' && action.observation.saw === 'results') return action.observation.rows.map(({ id }) => id);
  return 'word' in action && 'rows' in action.word ? action.word.rows.map(({ id }) => id) : [];
}

function subscriptionsOf(action: TracedAction): readonly string[] {
  if (action.kind === 'observed' && 'subscription' in action.observation) return [action.observation.subscription];
  if (!('word' in action)) return [];
  if ('subscription' in action.word) return [action.word.subscription];
  return 'subscriptions' in action.word ? action.word.subscriptions : [];
}
