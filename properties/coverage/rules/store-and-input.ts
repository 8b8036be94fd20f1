/** When a rule of the client's store (K) or of bad input (B) is put to the test. */
import { on, onCommand, onWord, probes } from '../probe.ts';
import { hasPending, some } from '../reading.ts';

export const storeAndInputRules = probes({
  K1: [
    'A clear met rows, a cache or writes, or the writes that one discarded were decided after it.',
    onCommand(['clear'], (_action, { own }) => {
      if (own === undefined) return false;
      return own.writes.length > 0 || some(own.cache, () => true) || some(own.subscriptions, ({ held }) => held !== null);
    }),
  ],
  K2: [
    'A client crashed that had a write in its outbox or a query in its cache.',
    on('clientCrashed', (_action, { own }) => hasPending(own) || (own !== undefined && some(own.cache, () => true))),
  ],
  K3: [
    'The storage of a client failed at something else than to keep a write.',
    on('loadFailed', () => true),
    on('notForgotten', () => true),
    on('notRemembered', () => true),
    on('notHeard', () => true),
    on('clearFailed', () => true),
    on('forkFailed', () => true),
  ],
  B1: [
    'Nonsense reached a server or a client, a stranger said some, or a callback failed.',
    on('callbackFailed', () => true),
    onWord('serverReceived', ['nonsense'], () => true),
    onWord('clientHeard', ['nonsense'], () => true),
    on('strangerHeard', ({ said }) => said !== 'otherVersion'),
  ],
  B2: ['A stranger said hello in another version of the protocol.', on('strangerHeard', ({ said }) => said === 'otherVersion')],
  B3: [
    'A write was judged over a bound, by the server or at the call.',
    on('refused', ({ error }) => error === 'LimitExceededError'),
    on('observed', ({ observation }) => observation.saw === 'settled' && observation.error === 'LimitExceededError'),
  ],
  B4: [
    'A query was judged over a bound, by the server or at the call.',
    onWord('serverSent', ['subscriptionFailed'], () => true),
    on('observed', ({ observation }) => observation.saw === 'subscriptionError' && observation.error === 'LimitExceededError'),
  ],
  B5: [
    'A connection was closed over a bound, that of a client or of a stranger, or read no more.',
    on('serverClosed', ({ closing }) => closing.reason === 'LIMIT_EXCEEDED'),
    on('strangerHeard', ({ closing }) => closing?.reason === 'LIMIT_EXCEEDED'),
    on('readingPaused', () => true),
  ],
  B6: [
    'A commit concerned a reader that was behind, or one was closed for it.',
    on('committed', (_action, { before }) => Object.values(before.connections).some(({ behind }) => behind !== null)),
    on('serverClosed', ({ closing }) => closing.reason === 'SLOW_READER'),
  ],
});
