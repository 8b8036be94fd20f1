/** Which requests for a WebSocket are taken: those on the path, from an origin that may. Upgrades of others are left alone. */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { pathOf } from './http-pages.ts';

export interface Taking {
  readonly path: string | undefined;
  readonly allowedOrigins: readonly string[] | undefined;
}

const reasons = { 403: 'Forbidden', 404: 'Not Found' } as const;

function refuse(socket: Duplex, status: keyof typeof reasons): void {
  // A connection that has gone by then need not hear of it.
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** What is no browser says no origin. */
function mayCome({ headers }: IncomingMessage, allowed: readonly string[] | undefined): boolean {
  return allowed === undefined || headers.origin === undefined || allowed.includes(headers.origin);
}

/** Answers what ends it. */
export function takeUpgrades(server: HttpServer | HttpsServer, sockets: WebSocketServer, { path, allowedOrigins }: Taking): () => void {
  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (path !== undefined && pathOf(request) !== path) {
      // Nobody else would ever answer it.
      if (server.listenerCount('upgrade') === 1) refuse(socket, 404);
    } else if (mayCome(request, allowedOrigins)) {
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    } else refuse(socket, 403);
  }
  server.on('upgrade', onUpgrade);
  return () => server.off('upgrade', onUpgrade);
}
