/**
 * The frames of one connection, strictly in order and each to completion: the next one waits until a token is judged or
 * a write is stored. That order is what clients build on, so there is one way around it alone: writes that wait for storage to have space are set aside,
 * so that reads go on (W2).
 */
import { decodeClientFrame, FrameTooLongError, frameTooLong, ProtocolError } from '../protocol/codec.ts';
import { errorText } from '../protocol/error-text.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import { byteLength, isLongerThan } from '../protocol/text-size.ts';
import type { Connection, ConnectionEvents } from '../runtime/ports.ts';
import type { Aside } from './append-queue.ts';
import { acceptHello, acceptSchema, updateToken } from './authentication.ts';
import { overLength, protocolViolation, temporaryFailure } from './closes.ts';
import { countRefusal } from './counters.ts';
import { createPeer, type Hello, type Peer, type Session } from './peer.ts';
import { createReading } from './reading.ts';
import type { Services } from './services.ts';
import { answerAgain, subscribe, unsubscribe, unsubscribeAll } from './subscriptions.ts';
import { createWorker } from './worker.ts';
import { write } from './writes.ts';

function handleInSession(peer: Peer, services: Services, session: Session, frame: ClientFrame, aside: Aside): void | Promise<void> {
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
      return write(peer, services, session, frame, aside);
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
/** Stands for a text that is too long: nothing of it is kept until its turn. */
const tooLong = Symbol('too long');

/** `bytes`: those that wait with it. */
interface Arrival {
  readonly content: string | typeof notText | typeof tooLong;
  readonly bytes: number;
}

/** Its length has been judged. */
const anyLength = { frameBytesMax: Number.POSITIVE_INFINITY };

function handle(peer: Peer, services: Services, { content }: Arrival, asideOf: (content: string) => Aside): void | Promise<void> {
  const state = peer.state();
  if (state.phase === 'closed') return;
  if (content === notText) throw new ProtocolError('A frame is text.');
  if (content === tooLong) throw frameTooLong(services.frameBytesMax);
  const frame = decodeClientFrame(content, anyLength);
  if (state.phase === 'open') return handleInSession(peer, services, state.session, frame, asideOf(content));
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
      // Else nobody would hear of a reader whose answers are over the bound by themselves, as long as others write.
      if (readier.isBehind()) worker.takeOne();
      else worker.resume();
    },
    onEnd: (ended) => {
      worker.stop();
      unsubscribeAll(ended, services);
      onEnd(ended);
    },
  });
  const reading = createReading(services.bounds, { pause: peer.pauseReading, resume: peer.resumeReading });
  const worker = createWorker<Arrival>((arrival) => {
    reading.taken(arrival.bytes);
    return handle(peer, services, arrival, asideOf);
  }, fail);

  function fail(error: unknown): void {
    if (error instanceof ProtocolError) {
      peer.close(protocolViolation(error.message));
      return;
    }
    if (error instanceof FrameTooLongError) {
      countRefusal(services.counters, 'frameBytesMax');
      peer.close(overLength(error.message));
      return;
    }
    services.logger.error(`${peer.label}: ${errorText(error)}`);
    peer.close(temporaryFailure('The server failed.'));
  }

  /** Set aside it waits as much as before: it counts among what bounds the reading (B5). */
  function asideOf(content: string): Aside {
    let bytes = 0;
    return {
      begin() {
        bytes = byteLength(content);
        reading.came(bytes);
        reading.judge(true);
      },
      end: () => reading.taken(bytes),
      fail(error) {
        reading.taken(bytes);
        fail(error);
      },
      isGone: () => peer.state().phase === 'closed',
    };
  }

  function arrive(content: Arrival['content']): void {
    peer.heard();
    const arrival: Arrival = { content, bytes: typeof content === 'string' && worker.isBusy() ? byteLength(content) : 0 };
    reading.came(arrival.bytes);
    worker.push(arrival);
    reading.judge(peer.state().phase === 'open');
  }
  const events: ConnectionEvents = {
    onMessage: (data) => arrive(isLongerThan(data, services.frameBytesMax) ? tooLong : data),
    onBinary: () => arrive(notText),
    onDrain: () => peer.drained(),
    onClose: () => peer.end(),
  };
  return { peer, events, takeNoMore: worker.stop };
}
