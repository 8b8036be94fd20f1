/**
 * One attempt to connect, from the dial to its last event. Its identity is this very object: once it is over or was
 * forgotten it is silent, so that no late event of an old socket can reach a newer session (S2).
 */
import { decodeCloseFrame, decodeServerFrame, encodeClientFrame, encodeCloseFrame } from '../protocol/codec.ts';
import { type ClientFrame, type CloseFrame, closeCode, type ServerFrame } from '../protocol/frames.ts';
import type { Logger, Timers, Transport } from '../runtime/ports.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { Turns } from './turns.ts';

export interface ConnectionPorts {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly turns: Turns;
}

export interface ConnectionHandlers {
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  /** Time for a ping, if the server knows us already. */
  onBeat(): void;
  /** Once, the last call. `null`: no reason was given, as after a network loss. */
  onOver(closing: CloseFrame | null): void;
}

export interface Connection {
  send(frame: ClientFrame): void;
  /** Closes; from here on only `onOver` may follow, when the other end has closed too. */
  close(closing: CloseFrame): void;
  /** Gives the socket up without a handshake; nothing follows. */
  giveUp(): void;
  /** From here on nothing follows, whatever the socket does. */
  forget(): void;
  /** Neither closed nor over: whoever comes back from waiting asks first. */
  isLive(): boolean;
}

export function dial(url: string, ports: ConnectionPorts, handlers: ConnectionHandlers): Connection {
  const { turns, logger } = ports;
  let phase: 'live' | 'closing' | 'over' = 'live';

  function finish(): void {
    phase = 'over';
    heartbeat.stop();
  }

  function fail(why: string): void {
    logger.warn(`Connection given up: ${why}.`);
    finish();
    socket.terminate();
    handlers.onOver(null);
  }

  function decode(data: string): ServerFrame | undefined {
    try {
      return decodeServerFrame(data);
    } catch (error) {
      fail(`the server sent what is no frame (${String(error)})`);
      return undefined;
    }
  }

  const socket = ports.transport.connect(url, {
    onOpen: () => {
      if (phase === 'live') turns.run(handlers.onOpen);
    },
    onMessage: (data) => {
      if (phase !== 'live') return;
      heartbeat.heard();
      turns.run(() => {
        const frame = decode(data);
        if (frame !== undefined) handlers.onFrame(frame);
      });
    },
    onClose: (_code, reason) => {
      if (phase === 'over') return;
      finish();
      turns.run(() => handlers.onOver(decodeCloseFrame(reason)));
    },
  });

  const heartbeat = startHeartbeat(ports.timers, {
    onBeat: () => turns.run(handlers.onBeat),
    onSilence: () => turns.run(() => fail('nothing was heard for a whole beat')),
  });

  return {
    send: (frame) => {
      if (phase === 'live') socket.send(encodeClientFrame(frame));
    },
    close: (closing) => {
      if (phase !== 'live') return;
      heartbeat.stop();
      phase = 'closing';
      socket.close(closeCode, encodeCloseFrame(closing));
    },
    giveUp: () => {
      if (phase === 'over') return;
      finish();
      socket.terminate();
    },
    forget: finish,
    isLive: () => phase === 'live',
  };
}
