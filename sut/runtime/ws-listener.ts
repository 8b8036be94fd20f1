/** The listener of the real world: HTTP for the health check and WebSocket (RFC 6455, by `ws`) for everything else, on one port. */
import { constants } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Connection, ConnectionEvents, Listener, Listening } from './ports.ts';

/** How much longer than allowed a message may be before `ws` itself hangs up: up to there it is answered with a reason. */
const excessLimitBytes = 7 * 1_048_576;
/** How long a peer may take for its part of the closing handshake when the listener closes. */
const closingGraceMs = 1_000;

function answer(request: IncomingMessage, response: ServerResponse, health: () => string): void {
  const [path] = (request.url ?? '').split('?');
  if (path !== '/healthcheck') {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is a WebSocket here, and GET /healthcheck.\n');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(health());
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

function connectionOf(socket: WebSocket, { remoteAddress, remotePort }: IncomingMessage['socket']): Connection {
  return {
    label: `${remoteAddress ?? 'unknown'}:${remotePort ?? 0}`,
    address: remoteAddress,
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}

function forward(socket: WebSocket, events: ConnectionEvents): void {
  socket.on('message', (data, isBinary) => {
    if (isBinary) events.onBinary?.();
    else events.onMessage(textOf(data));
  });
  socket.on('close', () => events.onClose());
  // A close follows every error, and says all there is to say.
  socket.on('error', () => {});
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Resolves when no socket is left; who does not answer in time is hung up on. */
function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  return new Promise((resolve) => {
    const hangUp = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
    }, closingGraceMs);
    server.close(() => {
      clearTimeout(hangUp);
      resolve();
    });
    sockets.close();
    for (const socket of sockets.clients) socket.close();
    server.closeIdleConnections();
  });
}

export interface WsListenerOptions {
  /** The longest message that whoever listens takes; default: 1 MiB. Somewhat longer ones come through, so that they can be refused with a reason. */
  readonly messageBytesMax?: number;
}

export function wsListener({ messageBytesMax = 1_048_576 }: WsListenerOptions = {}): Listener {
  // What is longer than any string could not be handed on.
  const maxPayload = Math.min(messageBytesMax + excessLimitBytes, constants.MAX_STRING_LENGTH);
  return {
    async listen(port, accept, health): Promise<Listening> {
      const server = createServer((request, response) => answer(request, response, health));
      const sockets = new WebSocketServer({ server, maxPayload, perMessageDeflate: false });
      // The same errors are told by the HTTP server, where `bind` hears them.
      sockets.on('error', () => {});
      sockets.on('connection', (socket, request) => forward(socket, accept(connectionOf(socket, request.socket))));
      const boundPort = await bind(server, port);
      return { port: boundPort, close: () => closeAll(server, sockets) };
    },
  };
}
