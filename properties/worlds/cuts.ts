/**
 * What the network does to a connection of its own accord. Each cut answers whether it changed anything, so that one
 * without effect is a skip.
 */
import { type Connection, type EndName, finish, incoming, isHeard, type Surroundings } from './connection.ts';
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
