/** When a rule of sharing (H) is put to the test: there must be somebody to share with. */
import { on, onWord, probes } from '../probe.ts';
import { besides, sharesAGroup } from '../reading.ts';

export const sharingRules = probes({
  H1: [
    'A subscription joined a group that had another member, or one beside which another group of the same collection lived.',
    onWord('serverSent', ['answered'], ({ word }, moment) =>
      besides(moment, word, ({ query }, own) => query.collection === own?.collection),
    ),
  ],
  H2: [
    'A write was committed that touched a group: a row of it, before or after, satisfies the filter of that group.',
    on('committed', (_action, { after }) => after.server.cost?.groups.some(({ touched }) => touched) === true),
  ],
  H3: ['The server showed a group at quiescence.', on('quiescent', ({ quiescence }) => (quiescence.server?.groups.length ?? 0) > 0)],
  H4: [
    'A member left a group in which another connection has one: by unsubscribe, close or expiry.',
    onWord('serverReceived', ['unsubscribe'], ({ connection, word }, { before }) => sharesAGroup(before, connection, word.subscription)),
    on('serverHeardClose', ({ connection }, { before }) => sharesAGroup(before, connection)),
    on('serverClosed', ({ connection }, { before }) => sharesAGroup(before, connection)),
  ],
  H5: [
    'All rows were looked through for a group that was there already, or a commit took what grows with a size.',
    on('looked', ({ group }, { before }) => before.server.departures[group] !== undefined),
    on('commitSpent', ({ comparisons, unitsEncoded }) => comparisons > 0 && unitsEncoded > 0),
  ],
});
