/**
 * What the death of a process does to a connection: its end is gone without a word, and the other end hears of it as the
 * network tells it. Attempts that the server had not accepted are answered by whoever listens then, or refused.
 */
import { type Connection, finish, incoming, isHeard, outgoing, type Surroundings } from './connection.ts';
import { abruptClose, enterClose, silence } from './link.ts';

/** All that is in flight is lost, and the client, where it still listens, hears an abrupt close. */
export function crashServerEnd(connection: Connection, around: Surroundings): void {
  if (connection.ends.server !== 'waiting') crashEnd(connection, 'server', around);
}

/** What the server said still arrives; behind it comes an abrupt close, unless it had closed the connection itself. */
export function leaveServerEnd(connection: Connection, around: Surroundings): void {
  if (connection.ends.server === 'waiting' || connection.ends.server === 'ended') return;
  connection.endings.server ??= { how: 'terminate' };
  silence(connection.toServer);
  enterClose(connection.toClient, abruptClose);
  finish(connection, 'server', around);
}

/** All that is in flight is lost, and the server, where it still listens, hears an abrupt close. An attempt is withdrawn. */
export function crashClientEnd(connection: Connection, around: Surroundings): void {
  if (connection.ends.server === 'waiting') connection.ends.server = 'ended';
  crashEnd(connection, 'client', around);
}

function crashEnd(connection: Connection, end: 'client' | 'server', around: Surroundings): void {
  const link = outgoing(connection, end);
  const isToBeTold = isHeard(connection, link);
  silence(link);
  silence(incoming(connection, end));
  if (isToBeTold) link.items.push(abruptClose);
  connection.endings[end] = { how: 'terminate' };
  finish(connection, end, around);
}
