/**
 * The ports through which client and server meet the world: time, chance, sockets and storage. Nothing else in
 * `sut/client`, `sut/server`, `sut/query` and `sut/protocol` may reach them, so that a simulated world can own all
 * that is not deterministic. `name` arguments are labels for people and schedulers; they never change behaviour.
 */

/** Milliseconds since the Unix epoch. May be wrong and may jump. */
export interface WallClock {
  now(): number;
}

export interface Timer {
  /** Idempotent; also harmless after the timer fired. */
  cancel(): void;
}

/** Timers run on monotonic time, so that jumps of the wall clock do not disturb them. Delays beyond 2³¹ ms hold. */
export interface Timers {
  /** Monotonic milliseconds since some moment; they need not be whole. */
  now(): number;
  schedule(name: string, delayMs: number, callback: () => void): Timer;
}

export interface Random {
  uuid(): string;
  /** From 0 up to, not including, 1; a stream of its own. */
  fraction(): number;
  /** So many random bytes, each as two lower-case hexadecimal digits. */
  hex(bytes: number): string;
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A socket of the client. Events arrive in order: open once, messages, then close once; close alone where it never opened. */
export interface SocketEvents {
  onOpen(): void;
  onMessage(data: string): void;
  /** `reason` is the text of the close frame, empty where there was none (a network loss). */
  onClose(code: number, reason: string): void;
}
export interface Socket {
  send(data: string): void;
  /** Begins the closing handshake; frames sent before still arrive. */
  close(code: number, reason: string): void;
  /** Gives the socket up without a handshake. No event need follow. */
  terminate(): void;
}
export interface Transport {
  connect(url: string, events: SocketEvents): Socket;
}

/** A connection as the server holds it. `label` names the peer in timers, completions and logs. */
export interface Connection {
  readonly label: string;
  /** From where it comes, as far as that is known: connections of one address are counted together (B5). */
  readonly address?: string | undefined;
  send(data: string): void;
  /** Bytes that were handed over and wait to be sent. */
  unsentBytes(): number;
  close(code: number, reason: string): void;
  terminate(): void;
  /** Nothing more is read, so that what the other end sends waits with it; then it is read on. What was read already may still come. Absent: it cannot be done. */
  pause?(): void;
  resume?(): void;
}
export interface ConnectionEvents {
  onMessage(data: string): void;
  /** A message came that is no text, in its place among the others. A listener that carries text alone has none to tell of. */
  onBinary?(): void;
  /** All that was handed over has been sent. */
  onDrain?(): void;
  /** Called once, whoever closed. */
  onClose(): void;
}
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}
/** What a server tells of itself over HTTP, beyond its health check. */
export interface ServerPages {
  /** Whether it takes connections. */
  isServing(): boolean;
  /** In the text format of Prometheus. */
  metrics(): string;
}
export interface Listener {
  /** `health` is the body of the health check (`GET /healthcheck`). `port`: that of a server of its own; undefined: any, or that of the server given. */
  listen(
    port: number | undefined,
    accept: (connection: Connection) => ConnectionEvents,
    health: () => string,
    pages?: ServerPages,
  ): Promise<Listening>;
}
