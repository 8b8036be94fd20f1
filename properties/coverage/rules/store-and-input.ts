/** When a rule of the client's store (K) or of bad input (B) is put to the test. */
import { on, onCommand, onWord, type Probe, probe } from '../probe.ts';
import { hasPending, some } from '../reading.ts';

export const storeAndInputRules: readonly Probe[] = [
  probe(
    'K1',
    'A clear met rows, a cache or writes, or the writes that one discarded were decided after it.',
    onCommand(['clear'], ({ client }, { before }) => {
      const known = before.clients[client];
      if (known === undefined) return false;
      return known.writes.length > 0 || some(known.cache, () => true) || some(known.subscriptions, ({ held }) => held !== null);
    }),
  ),
  probe(
    'K2',
    'A client crashed that had a write in its outbox or a query in its cache.',
    on('clientCrashed', ({ client }, { before }) => {
      const known = before.clients[client];
      return hasPending(known) || (known !== undefined && some(known.cache, () => true));
    }),
  ),
  probe(
    'B1',
    'Nonsense reached a server or a client, or a stranger said some.',
    onWord('serverReceived', ['nonsense'], () => true),
    onWord('clientHeard', ['nonsense'], () => true),
    on('strangerHeard', ({ said }) => said !== 'otherVersion'),
  ),
  probe(
    'B2',
    'A stranger said hello in another version of the protocol.',
    on('strangerHeard', ({ said }) => said === 'otherVersion'),
  ),
];
