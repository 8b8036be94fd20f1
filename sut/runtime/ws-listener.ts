/**
 * The listener of the real world: HTTP for the health check and WebSocket (RFC 6455, by `ws`) for everything else, on a server of its
 * own or beside the routes of one that it was given.
 */
import { constants } from 'node:buffer';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { answering, healthPage, metricsPage, type Page } from './http-pages.ts';
import { checkDeployment, type DeploymentOptions, type MetricsOptions, usualMetricsPath } from './listener-options.ts';
import type { Connection, ConnectionEvents, Listener, Listening, ServerPages } from './ports.ts';
import { takeUpgrades } from './upgrades.ts';

/** How much longer than allowed a message may be before `ws` itself hangs up: up to there it is answered with a reason. */
const excessLimitBytes = 7 * 1_048_576;
/** How long a peer may take for its part of the closing handshake when the listener closes. */
const closingGraceMs = 1_000;

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

type Accept = Parameters<Listener['listen']>[1];
type Address = Pick<IncomingMessage['socket'], 'remoteAddress' | 'remotePort'>;

function connectionOf(socket: WebSocket, { remoteAddress, remotePort }: Address, onSent: () => void): Connection {
  return {
    label: `${remoteAddress ?? 'unknown'}:${remotePort ?? 0}`,
    address: remoteAddress,
    // A close follows an error of sending, and says all there is to say.
    send: (data) => socket.send(data, onSent),
    unsentBytes: () => socket.bufferedAmount,
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
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

function serve(socket: WebSocket, address: Address, accept: Accept): void {
  const tellDrained = (): void => {
    if (socket.bufferedAmount === 0) events.onDrain?.();
  };
  const events = accept(connectionOf(socket, address, tellDrained));
  forward(socket, events);
}

function portOf(server: Server | HttpsServer): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function bind(server: Server | HttpsServer, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Resolves when `isOver` calls back, at the latest soon after those who do not answer in time were hung up on. */
function overInTime(hangUp: () => void, isOver: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(hangUp, closingGraceMs);
    isOver(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Resolves when no WebSocket is left. */
function closeSockets(sockets: WebSocketServer): Promise<void> {
  const hangUp = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return overInTime(hangUp, (resolve) => {
    sockets.close(() => resolve());
    for (const socket of sockets.clients) socket.close();
  });
}

/** Resolves when no connection of any kind is left. */
function closeServer(server: Server | HttpsServer): Promise<void> {
  return overInTime(
    () => server.closeAllConnections(),
    (resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    },
  );
}

async function serveMetrics({ port, host = '127.0.0.1', path = usualMetricsPath }: MetricsOptions, pages: ServerPages): Promise<Server> {
  const server = createServer(answering([metricsPage(path, pages.metrics)]));
  await bind(server, port ?? 0, host);
  return server;
}

/** Metrics that have no port of their own stand beside the health check. */
function pagesOf(health: () => string, pages: ServerPages | undefined, metrics: MetricsOptions | undefined): readonly Page[] {
  const always = healthPage(health, pages?.isServing ?? (() => true));
  if (pages === undefined || metrics === undefined || metrics.port !== undefined) return [always];
  return [always, metricsPage(metrics.path ?? usualMetricsPath, pages.metrics)];
}

export interface WsListenerOptions extends DeploymentOptions {
  /** The longest message that whoever listens takes; default: 1 MiB. Somewhat longer ones come through, so that they can be refused with a reason. */
  readonly messageBytesMax?: number;
}

/** @throws RangeError for options that no server could follow */
export function wsListener(options: WsListenerOptions = {}): Listener {
  checkDeployment(options);
  const { messageBytesMax = 1_048_576, server: given, host, path, allowedOrigins, metrics } = options;
  // What is longer than any string could not be handed on.
  const maxPayload = Math.min(messageBytesMax + excessLimitBytes, constants.MAX_STRING_LENGTH);
  return {
    async listen(port, accept, health, pages): Promise<Listening> {
      const server = given ?? createServer(answering(pagesOf(health, pages, metrics)));
      const ownServers: (Server | HttpsServer)[] = given === undefined ? [server] : [];
      // One message a turn of the event loop: a thousand that come in one piece are not to hold up everybody else until the last is done.
      const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, allowSynchronousEvents: false });
      sockets.on('connection', (socket, request) => serve(socket, request.socket, accept));
      const leave = takeUpgrades(server, sockets, { path, allowedOrigins });
      const close = async (): Promise<void> => {
        leave();
        await Promise.all([closeSockets(sockets), ...ownServers.map(closeServer)]);
      };
      try {
        if (given === undefined) await bind(server, port ?? 0, host);
        if (pages !== undefined && metrics?.port !== undefined) ownServers.push(await serveMetrics(metrics, pages));
      } catch (error) {
        await close();
        throw error;
      }
      return { port: portOf(server), close };
    },
  };
}
