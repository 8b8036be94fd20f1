/** What a client's storage keeps when its process dies (K2). */
import { clientOf, withClient, withConnection } from '../change.ts';
import type { Kept } from '../client-state.ts';
import { newClient } from '../new-client.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import type { Write } from '../writes/changes.ts';

/** The process is gone; what storage kept is found again, by a client that has no session yet: of a clear that was not done, nothing, nor of what was heard since (K2). */
export function crash(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const [undone] = client.clears;
  const found: Kept = undone?.before ?? client;
  const decided = client.discarded[found.epoch] ?? found.writes;
  const writes = found.writes
    .filter((write) => write.stored)
    .map((write): Write => ({ ...write, decided: decided.find(({ sequence }) => sequence === write.sequence)?.decided ?? write.decided }));
  const cut = client.connection === null ? state : withConnection(state, client.connection, { openAtClient: false });
  const { knowsRoles, schema, queries, clientIds, discarded, epochsBegun } = client;
  const kept = { queries, clientIds, discarded, epochsBegun, epoch: found.epoch, cache: found.cache, writes };
  return withClient(cut, name, { ...newClient(name, knowsRoles, schema), ...kept });
}
