/** When a rule of queries and subscriptions (Q) is put to the test. */

import { entryOf } from '../../../model/entry-of.ts';
import { on, onCommand, onSeen, onWord, probes } from '../probe.ts';
import { countRows, some } from '../reading.ts';

export const subscriptionRules = probes({
  Q1: [
    'An answer to a query with clauses held some rows of its collection and left others out.',
    onWord('serverSent', ['answered'], ({ word }, { before, own }) => {
      if (word.rows.length === 0) return false;
      const query = entryOf(own?.queries, word.subscription);
      return query !== undefined && query.where.length > 0 && word.rows.length < countRows(before, word.version, query.collection);
    }),
  ],
  Q2: ['A subscription told its results.', onSeen('results', () => true)],
  Q3: [
    'A client was OPEN at quiescence with a subscription that the server had answered on that connection.',
    on('quiescent', (_action, { before }) =>
      some(
        before.clients,
        ({ status, connection, subscriptions }) => status === 'OPEN' && some(subscriptions, ({ answeredOn }) => answeredOn === connection),
      ),
    ),
  ],
  Q4: [
    'A subscription ended while another one of its collection lived on, or was answered again at a later version on another connection.',
    onCommand(['unsubscribe'], ({ command }, { own }) => {
      const all = own?.subscriptions ?? {};
      const collection = all[command.subscription]?.query.collection;
      return some(all, ({ query }, name) => name !== command.subscription && query.collection === collection);
    }),
    onWord('clientHeard', ['answered'], ({ connection, word }, { own }) => {
      const known = entryOf(own?.subscriptions, word.subscription);
      return known?.held != null && known.answeredOn !== connection && known.held.version < word.version;
    }),
  ],
  Q5: [
    'Results were told that hold another set of rows than the last ones.',
    onSeen('results', ({ observation }, { own }) => {
      const shown = entryOf(own?.subscriptions, observation.subscription)?.shown?.rows;
      if (shown === undefined) return false;
      if (shown.length !== observation.rows.length) return true;
      return shown.some(({ id }) => observation.rows.every((row) => row.id !== id));
    }),
  ],
  Q6: [
    'The first answer of a session was heard by a subscription.',
    onWord('clientHeard', ['answered'], ({ connection, word }, { own }) => {
      return own?.connection === connection && entryOf(own.subscriptions, word.subscription)?.fulfilled === false;
    }),
  ],
  Q7: ['A client heard a part of an answer.', onWord('clientHeard', ['answerPart'], () => true)],
});
