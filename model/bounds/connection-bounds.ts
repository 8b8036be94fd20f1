/** Whether the server has room for a connection, and how long it waits for its hello (B5). */
import type { ConnectionBoundName } from '../../vocabulary/bounds.ts';
import type { ConnectionState } from '../connection-state.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import { boundsOf } from './bounds.ts';

/** A client is an address of its own. */
function held({ connections }: State): readonly ConnectionState[] {
  return Object.values(connections).filter(({ openAtServer, serverClosing }) => openAtServer && serverClosing === null);
}

/** The bound over which one more connection from that address would be; null: there is room. */
export function boundInTheWay(state: State, address: string): ConnectionBoundName | null {
  const { connectionsMax, connectionsPerAddressMax } = boundsOf(state.configuration);
  const all = held(state);
  if (all.length >= connectionsMax) return 'connectionsMax';
  return all.filter(({ client }) => client === address).length >= connectionsPerAddressMax ? 'connectionsPerAddressMax' : null;
}

/** The sessions of others take all the room, for as long as they like: nobody owes this client a place. */
export function isCrowdedOut({ configuration, clients }: State, name: ClientName): boolean {
  const others = Object.values(clients).filter((client) => client.name !== name && client.status === 'OPEN');
  return others.length >= boundsOf(configuration).connectionsMax;
}

/** It has said nothing that the server could judge, and the time for that is over. */
export function isHelloOverdue({ configuration, nowMs }: State, { hello, openedAtServerMs, broken }: ConnectionState): boolean {
  return hello === null && broken === null && nowMs - openedAtServerMs >= boundsOf(configuration).helloTimeoutMs;
}
