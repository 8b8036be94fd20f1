/**
 * The frames of one connection, strictly in order and each to completion: the next one waits until a token is judged or
 * a write is stored. That order is what clients build on, so there is no way around it.
 */
import { decodeClientFrame, FrameTooLongError, ProtocolError } from '../protocol/codec.ts';
import { errorText } from '../protocol/error-text.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import type { Connection, ConnectionEvents } from '../runtime/ports.ts';
import { acceptHello, acceptSchema, updateToken } from './authentication.ts';
import { frameTooLong, protocolViolation, temporaryFailure } from './closes.ts';
import { countRefusal } from './counters.ts';
import { createPeer, type Hello, type Peer, type Session } from './peer.ts';
import type { Services } from './services.ts';
import { answerAgain, subscribe, unsubscribe, unsubscribeAll } from './subscriptions.ts';
import { createWorker } from './worker.ts';
import { write } from './writes.ts';

function handleInSession(peer: Peer, services: Services, session: Session, frame: ClientFrame): void | Promise<void> {
  switch (frame.type) {
    case 'hello':
      throw new ProtocolError('A connection says hello once.');
    case 'schema':
      throw new ProtocolError('A schema is said when it is asked for.');
    case 'updateToken':
      return updateToken(peer, services, session, frame);
    case 'subscribe':
      return subscribe(peer, services, session, frame);
    case 'unsubscribe':
      return unsubscribe(peer, services, frame.subscription);
    case 'write':
      return write(peer, services, session, frame);
    case 'ping':
      return peer.sendControl({ type: 'pong' });
  }
}

function handleGreeting(peer: Peer, services: Services, asked: Hello | undefined, frame: ClientFrame): Promise<void> {
  if (asked === undefined) {
    if (frame.type === 'hello') {
      peer.greeted();
      return acceptHello(peer, services, frame);
    }
    throw new ProtocolError(`A connection begins with hello, not with ${frame.type}.`);
  }
  if (frame.type === 'schema') return acceptSchema(peer, services, asked, frame.schema);
  throw new ProtocolError(`A schema was asked for, not ${frame.type}.`);
}

/** Stands for a message that was no text. */
const notText = Symbol('not text');

function handle(peer: Peer, services: Services, data: string | typeof notText): void | Promise<void> {
  const state = peer.state();
  if (state.phase === 'closed') return;
  if (data === notText) throw new ProtocolError('A frame is text.');
  const frame = decodeClientFrame(data, services);
  if (state.phase === 'open') return handleInSession(peer, services, state.session, frame);
  return handleGreeting(peer, services, state.awaitsSchema, frame);
}

/** `onEnd` is called once, when the connection is over for the server. `takeNoMore`: the frame in hand is the last. */
export function serveConnection(
  connection: Connection,
  services: Services,
  onEnd: (peer: Peer) => void,
): { readonly peer: Peer; readonly events: ConnectionEvents; readonly takeNoMore: () => void } {
  const peer = createPeer(connection, {
    ...services,
    onBehind: () => worker.pause(),
    onCaughtUp: (readier, isStale) => {
      if (isStale) answerAgain(readier, services);
      if (!readier.isBehind()) worker.resume();
    },
    onEnd: (ended) => {
      worker.stop();
      unsubscribeAll(ended, services);
      onEnd(ended);
    },
  });
  const worker = createWorker<string | typeof notText>(
    (data) => handle(peer, services, data),
    (error) => {
      if (error instanceof ProtocolError) {
        peer.close(protocolViolation(error.message));
        return;
      }
      if (error instanceof FrameTooLongError) {
        countRefusal(services.counters, 'frameBytesMax');
        peer.close(frameTooLong(error.message));
        return;
      }
      services.logger.error(`${peer.label}: ${errorText(error)}`);
      peer.close(temporaryFailure('The server failed.'));
    },
  );
  const events: ConnectionEvents = {
    onMessage: (data) => {
      peer.heard();
      worker.push(data);
    },
    onBinary: () => {
      peer.heard();
      worker.push(notText);
    },
    onDrain: () => peer.drained(),
    onClose: () => peer.end(),
  };
  return { peer, events, takeNoMore: worker.stop };
}
