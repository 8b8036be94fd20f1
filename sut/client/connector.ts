/**
 * Carries out the table of session-table.ts: owns the status, the one connection that counts, and the timers around it
 * (S1, S9). It knows tokens only as what a hello carries; what sessions are is in session.ts.
 */
import { type ClientFrame, type CloseFrame, type Heard, protocolVersion, type ServerFrame } from '../protocol/frames.ts';
import type { Logger, Random, Timer, Timers, Transport } from '../runtime/ports.ts';
import type { PlainSchema } from '../schema/types.ts';
import { reconnectDelayMs, steadyMs } from './backoff.ts';
import { type Connection, dial } from './connection.ts';
import { type Effect, type Status, sessionTable, type Trigger } from './session-table.ts';
import type { Turns } from './turns.ts';

export const closeTimeoutMs = 5_000;

export type Send = (frame: ClientFrame) => void;

/** The client's schema, and what it says of it with each hello (C4). */
export interface SaidSchema {
  readonly hash: string;
  readonly schema: PlainSchema;
}

/** Who speaks, and what it has heard of the server. */
export interface Introduction {
  readonly secret: string;
  readonly answered: number;
  readonly heard: Heard | null;
}

export interface ConnectorPorts {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: Pick<Random, 'fraction'>;
  readonly logger: Logger;
  readonly turns: Turns;
  readonly serverUrl: string;
  /** Undefined: the client has none. */
  readonly schema: SaidSchema | undefined;
}

export interface ConnectorHandlers {
  onStatus(status: Status): void;
  /** Calls back with what the hello needs, at once where it is known. */
  identify(onKnown: (introduction: Introduction) => void, onFailed: () => void): void;
  /** The session's token at this moment; undefined without a session. */
  token(): string | undefined;
  /** The connection is about to be OPEN; what comes on it is the word of that incarnation (W2). */
  onAccepted(incarnation: string): void;
  /** Accepted, but not by the log that was heard of: the client is to begin anew. */
  onDiverged(): void;
  /** Accepted: what is due goes out. */
  greet(send: Send): void;
  /** Frames of an accepted connection. */
  onFrame(frame: ServerFrame): void;
  /** The connection that counts is over; the connector leaves it to the session which trigger that is. */
  onOver(closing: CloseFrame | null): void;
  /** The back-off is over: an attempt is due, and the session knows whether it begins. */
  onRetry(): void;
}

export interface Connector {
  status(): Status;
  fire(trigger: Trigger): void;
  /** Does nothing unless OPEN: what matters is sent after the next acceptance. */
  send: Send;
  /** A connection is there or on its way. */
  isAttached(): boolean;
  forgetFailures(): void;
  /** A live connection is given up, as after a network loss. */
  giveUp(): void;
}

export function createConnector(ports: ConnectorPorts, handlers: ConnectorHandlers): Connector {
  const { timers, turns } = ports;
  let status: Status = 'UNINITIALIZED';
  let connection: Connection | undefined;
  let failures = 0;
  let openedMs = 0;
  let reconnectTimer: Timer | undefined;
  let closingTimer: Timer | undefined;

  const effects: Readonly<Record<Effect, () => void>> = {
    dial: beginAttempt,
    greet: () => {
      openedMs = timers.now();
      handlers.greet(send);
    },
    override: () => letGo((gone) => gone.close({ type: 'CONNECTION_OVERRIDE', retry: false })),
    leave: () => letGo((gone) => gone.close({ type: 'MANUAL_DISCONNECT', retry: false })),
    forget: () => letGo(() => {}),
    giveUp: () => letGo((gone) => gone.giveUp()),
    bow: () => {
      connection?.close({ type: 'MANUAL_DISCONNECT', retry: false });
      closingTimer = timers.schedule('closing', closeTimeoutMs, () => turns.run(() => fire('closeTimedOut')));
    },
    scheduleReconnect: () => {
      const delayMs = reconnectDelayMs(failures, ports.random.fraction());
      reconnectTimer = timers.schedule('reconnect', delayMs, () => turns.run(handlers.onRetry));
      failures += 1;
    },
    cancelReconnect: () => reconnectTimer?.cancel(),
  };

  function fire(trigger: Trigger): void {
    const transition = sessionTable[status][trigger];
    if (transition === undefined) return;
    const before = status;
    // Whatever is fired while OPEN ends the connection.
    if (before === 'OPEN' && timers.now() - openedMs >= steadyMs) failures = 0;
    status = transition.to;
    if (status !== before) handlers.onStatus(status);
    for (const effect of transition.effects) effects[effect]();
  }

  function letGo(how: (gone: Connection) => void): void {
    closingTimer?.cancel();
    if (connection === undefined) return;
    how(connection);
    connection.forget();
    connection = undefined;
  }

  function beginAttempt(): void {
    const attempt = dial(ports.serverUrl, ports, {
      onOpen: () => sayHello(attempt),
      onFrame: hear,
      onBeat: () => send({ type: 'ping' }),
      onOver: handlers.onOver,
    });
    connection = attempt;
  }

  function sayHello(attempt: Connection): void {
    handlers.identify(
      ({ secret, answered, heard }) => {
        const token = handlers.token();
        if (!attempt.isLive() || token === undefined) return;
        const schema = ports.schema?.hash ?? null;
        attempt.send({ type: 'hello', versions: [protocolVersion], secret, answered, token, schema, heard });
      },
      () => {
        if (!attempt.isLive()) return;
        attempt.giveUp();
        handlers.onOver(null);
      },
    );
  }

  function hear(frame: ServerFrame): void {
    if (frame.type === 'accepted') hearAcceptance(frame);
    else if (frame.type === 'schemaRequested') saySchema();
    else if (status === 'OPEN') handlers.onFrame(frame);
  }

  function hearAcceptance({ incarnation, diverged }: Extract<ServerFrame, { readonly type: 'accepted' }>): void {
    if (status !== 'CONNECTING') return;
    if (diverged) {
      handlers.onDiverged();
      return;
    }
    handlers.onAccepted(incarnation);
    fire('accepted');
  }

  function saySchema(): void {
    if (status === 'CONNECTING' && ports.schema !== undefined) connection?.send({ type: 'schema', schema: ports.schema.schema });
  }

  function send(frame: ClientFrame): void {
    if (status === 'OPEN') connection?.send(frame);
  }

  return {
    status: () => status,
    fire,
    send,
    isAttached: () => status === 'OPEN' || status === 'CONNECTING',
    forgetFailures: () => {
      failures = 0;
    },
    giveUp: () => {
      if (status !== 'OPEN' && status !== 'CONNECTING') return;
      connection?.giveUp();
      handlers.onOver(null);
    },
  };
}
