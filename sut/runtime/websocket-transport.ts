/** Real sockets for the client: `ws` in Node (where a socket can be given up at once), the platform's own elsewhere. */
import { WebSocket as NodeWebSocket } from 'ws';
import type { Socket, SocketEvents, Transport } from './ports.ts';

/** What `ws` and browsers have in common, as far as it is used here. */
interface AnyWebSocket {
  readonly readyState: number;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  send(data: string): void;
  close(code: number, reason: string): void;
  terminate?(): void;
}

const openState = 1;
const abnormalClosure = 1006;
const normalClosure = 1000;
const runsInNode = typeof process !== 'undefined' && process.versions?.node !== undefined;

function dial(url: string): AnyWebSocket {
  return runsInNode ? new NodeWebSocket(url) : new WebSocket(url);
}

function listen(socket: AnyWebSocket, events: SocketEvents): void {
  socket.addEventListener('open', () => events.onOpen());
  socket.addEventListener('message', ({ data }) => events.onMessage(String(data)));
  socket.addEventListener('close', ({ code, reason }) => events.onClose(code, reason));
  // A close event follows each error; without a listener `ws` would throw.
  socket.addEventListener('error', () => {});
}

const nothing: Socket = { send() {}, close() {}, terminate() {} };

function connect(url: string, events: SocketEvents): Socket {
  let socket: AnyWebSocket;
  try {
    socket = dial(url);
  } catch {
    // A URL that is none: told as any other failure to connect, and never inside the call.
    queueMicrotask(() => events.onClose(abnormalClosure, ''));
    return nothing;
  }
  listen(socket, events);
  return {
    send: (data) => {
      if (socket.readyState === openState) socket.send(data);
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => (socket.terminate === undefined ? socket.close(normalClosure, '') : socket.terminate()),
  };
}

export const websocketTransport: Transport = { connect };
