/**
 * What becomes of a connection that neither end closes: the network cuts it of its own accord, or the process of an end
 * dies without a word, and the other end hears of it as the network tells it. Each cut answers whether it changed
 * anything, so that one without effect is a skip. Attempts that the server had not accepted when it died are answered by
 * whoever listens then, or refused.
 */
import { type Connection, type EndName, finish, incoming, isHeard, outgoing, type Surroundings } from './connection.ts';
import { abruptClose, cleanCutClose, enterClose, silence } from './link.ts';

export type CutKind = 'clean' | 'abrupt' | 'halfOpen';
const endNames: readonly EndName[] = ['client', 'server'];

export function cutConnection(connection: Connection, how: CutKind, around: Surroundings): boolean {
  if (connection.lost) return false;
  if (connection.ends.server === 'waiting') return cutAttempt(connection, how);
  switch (how) {
    case 'clean':
      return cutClean(connection);
    case 'abrupt':
      return cutAbruptly(connection);
    case 'halfOpen':
      return loseSilently(connection, around);
  }
}

/** The attempt fails, or is never answered; an attempt that the client withdrew fails anyway. */
function cutAttempt(connection: Connection, how: CutKind): boolean {
  if (connection.ends.client !== 'waiting' || connection.doomed) return false;
  if (how === 'halfOpen') loseLinks(connection);
  else connection.doomed = true;
  return true;
}

/** What is in flight arrives, then both ends hear a close. */
function cutClean(connection: Connection): boolean {
  const client = enterClose(connection.toClient, cleanCutClose);
  const server = enterClose(connection.toServer, cleanCutClose);
  if (client) connection.endings.server = { how: 'close', code: cleanCutClose.code, reason: cleanCutClose.reason };
  return client || server;
}

/** What is in flight vanishes, and each end that has not heard of an end hears an abrupt one. */
function cutAbruptly(connection: Connection): boolean {
  const cut = endNames.map((end) => incoming(connection, end)).filter((link) => isHeard(connection, link));
  silence(connection.toServer);
  silence(connection.toClient);
  for (const link of cut) link.items.push(abruptClose);
  connection.endings.server = { how: 'terminate' };
  return cut.length > 0;
}

/** Everything vanishes from now on and neither end learns of it. An end that was closing has no answer to wait for. */
function loseSilently(connection: Connection, around: Surroundings): boolean {
  loseLinks(connection);
  for (const end of endNames) if (connection.ends[end] === 'closing') finish(connection, end, around);
  return true;
}

function loseLinks(connection: Connection): void {
  connection.lost = true;
  silence(connection.toServer);
  silence(connection.toClient);
}

/** Whether an end still believes in a connection that carries nothing. */
export function isUnknowinglyLost(connection: Connection): boolean {
  const believes = (end: EndName) => connection.ends[end] === 'open' || (end === 'client' && connection.ends[end] === 'waiting');
  return connection.lost && endNames.some(believes);
}

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

function crashEnd(connection: Connection, end: EndName, around: Surroundings): void {
  const link = outgoing(connection, end);
  const isToBeTold = isHeard(connection, link);
  silence(link);
  silence(incoming(connection, end));
  if (isToBeTold) link.items.push(abruptClose);
  connection.endings[end] = { how: 'terminate' };
  finish(connection, end, around);
}
