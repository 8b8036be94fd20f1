/** What is shown, written and told of data where another system promises something else (Q2, Q6, W1, W3, W4, P1). */
import type { Value } from '../../../vocabulary/values.ts';
import type { ExpectedFailure } from '../../client-state.ts';
import { entryOf } from '../../entry-of.ts';
import { isSet } from '../../subscriptions/evaluate.ts';
import { sameRows } from '../../subscriptions/rows.ts';
import { reconsider } from '../../subscriptions/subscriptions.ts';
import type { Change } from '../../writes/changes.ts';
import { anyGeneration, applyAll, keyOf, type StoredRow } from '../../writes/log.ts';
import { storeAcknowledged, storeAnswer, storedRows, storeUpdate } from '../one-store.ts';
import type { Overrides } from './override.ts';

export const data: Overrides<
  | 'keepsOneStore'
  | 'repeatsFulfilment'
  | 'repeatsResults'
  | 'tellsSyncsTogether'
  | 'refusesTogether'
  | 'judgesPostUpdateApart'
  | 'deletesUnseen'
  | 'passesOverNothing'
> = {
  keepsOneStore: () => ({
    rowsBehind: (_state, client) => storedRows(client),
    beforeAnswer: storeAnswer,
    afterAnswer: (state, name) => reconsider(state, name),
    answerEnded: (state, name, query, held) => reconsider(storeAnswer(state, name, query, held), name),
    beforeAdvance: storeUpdate,
    withAcknowledged: ({ store }, write) => ({ store: storeAcknowledged(store, write) }),
    mayShowAnything: ({ fulfilled }) => !fulfilled,
    isSameMark: () => true,
    rowSeen: (_state, client, collection, id, earlier) => applyAll(storedRows(client), earlier)[keyOf(collection, id)],
  }),

  repeatsFulfilment: () => ({ mayRepeatFulfilment: ({ fulfilled }) => fulfilled }),

  repeatsResults: () => ({ mayRepeatResults: ({ shown }, rows) => shown !== null && sameRows(shown.rows, rows) }),

  tellsSyncsTogether: () => ({
    expectSyncs: (expected, entities) => [...expected, ...entities.filter((entity) => !expected.includes(entity))],
  }),

  refusesTogether: () => ({
    expectFailures: (expected, told) => [...expected, ...told.filter((failure) => !expected.some(isSameFailure(failure)))],
    failureTold: (expected, told) => expected.findIndex(isSameFailure(told)),
  }),

  judgesPostUpdateApart: () => ({
    mayUpdate: (verdicts) => {
      const later = verdicts.filter(({ postUpdate }) => postUpdate !== null);
      return verdicts.some(({ update }) => update) && (later.length === 0 || later.some(({ postUpdate }) => postUpdate));
    },
  }),

  deletesUnseen: () => ({ deleteUnseen: (collection, id) => ({ kind: 'delete', collection, id, generation: anyGeneration }) }),

  passesOverNothing: () => ({ isNoWrite: (change, seen) => changesNothing(change, seen()) }),
};

function isSameFailure(told: ExpectedFailure): (expected: ExpectedFailure) => boolean {
  return ({ entity, error }) => entity === told.entity && error === told.error;
}

/** Whether an update leaves no trace: each set that it assigns is empty, as it was. */
function changesNothing(change: Change, seen: StoredRow | undefined): boolean {
  const isEmpty = (value: Value | undefined): boolean => isSet(value) && value.length === 0;
  return (
    change.kind === 'update' &&
    Object.entries(change.changes).every(([attribute, value]) => isEmpty(value) && isEmpty(entryOf(seen?.row, attribute)))
  );
}
