/**
 * The global `WebSocket` of a client's process, on the world's transport. It keeps to the standard where the published
 * client can notice: states, events by property and by listener, a close that is heard only when the other end answered,
 * a close while connecting that fails the attempt.
 */
import type { Socket, Transport } from '../runtime/ports.ts';

type Listener = (event: { readonly type: string }) => void;

const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;
const longestReasonBytes = 123;

/** What hears an event: a listener, or the property of that event, which has its turn since it was first set. */
interface Registered {
  readonly listener: Listener | null;
  readonly once: boolean;
  readonly isProperty: boolean;
}

export interface WebSocketSurroundings {
  readonly transport: Transport;
  /** Runs handlers of the process. */
  readonly enter: (work: () => void) => void;
  /** The process did something to the outside. */
  readonly noteDeed: () => void;
  /** The text that stands for the request by which the socket is opened: it goes before every frame. */
  readonly upgradeText: (url: string) => string;
  /** Runs the handlers of a close event. */
  readonly closing: (work: () => void) => void;
}

export function webSocketClass(surroundings: WebSocketSurroundings): new (url: string) => object {
  const { transport, enter, noteDeed, upgradeText, closing } = surroundings;
  return class WebSocket {
    static readonly CONNECTING = states.CONNECTING;
    static readonly OPEN = states.OPEN;
    static readonly CLOSING = states.CLOSING;
    static readonly CLOSED = states.CLOSED;
    readonly CONNECTING = states.CONNECTING;
    readonly OPEN = states.OPEN;
    readonly CLOSING = states.CLOSING;
    readonly CLOSED = states.CLOSED;
    readonly url: string;
    readyState: number = states.CONNECTING;
    readonly #listeners = new Map<string, readonly Registered[]>();
    readonly #socket: Socket;
    #wasOpen = false;

    constructor(url: string) {
      this.url = url;
      noteDeed();
      this.#socket = transport.connect(url, {
        onOpen: () => {
          this.#socket.send(upgradeText(url));
          enter(() => this.#opened());
        },
        onMessage: (data) => enter(() => this.#heard(data)),
        onClose: (code, reason) => enter(() => this.#closed(code, reason)),
      });
    }

    set onopen(listener: Listener | null) {
      this.#setProperty('open', listener);
    }

    set onmessage(listener: Listener | null) {
      this.#setProperty('message', listener);
    }

    set onclose(listener: Listener | null) {
      this.#setProperty('close', listener);
    }

    set onerror(listener: Listener | null) {
      this.#setProperty('error', listener);
    }

    send(data: string): void {
      if (this.readyState === states.CONNECTING) throw new DOMException('the socket is still connecting', 'InvalidStateError');
      if (this.readyState !== states.OPEN) return;
      noteDeed();
      this.#socket.send(data);
    }

    close(code?: number, reason?: string): void {
      if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999))
        throw new DOMException(`a client cannot close with ${code}`, 'InvalidAccessError');
      if (reason !== undefined && new TextEncoder().encode(reason).length > longestReasonBytes)
        throw new DOMException('the reason is too long', 'SyntaxError');
      if (this.readyState === states.CLOSING || this.readyState === states.CLOSED) return;
      this.readyState = states.CLOSING;
      noteDeed();
      this.#socket.close(code ?? 1005, reason ?? '');
    }

    addEventListener(type: string, listener: Listener, options?: { readonly once?: boolean }): void {
      const known = this.#listeners.get(type) ?? [];
      this.#listeners.set(type, [...known, { listener, once: options?.once === true, isProperty: false }]);
    }

    removeEventListener(type: string, listener: Listener): void {
      const known = this.#listeners.get(type) ?? [];
      this.#listeners.set(
        type,
        known.filter((entry) => entry.isProperty || entry.listener !== listener),
      );
    }

    /** An event that the code makes itself. */
    dispatchEvent(event: { readonly type: string }): boolean {
      this.#dispatch(event.type, event);
      return true;
    }

    #setProperty(type: string, listener: Listener | null): void {
      const known = this.#listeners.get(type) ?? [];
      const property: Registered = { listener, once: false, isProperty: true };
      const isSet = known.some(({ isProperty }) => isProperty);
      this.#listeners.set(type, isSet ? known.map((entry) => (entry.isProperty ? property : entry)) : [...known, property]);
    }

    #opened(): void {
      this.#wasOpen = true;
      this.readyState = states.OPEN;
      this.#tell('open', {});
    }

    /** What arrives after this end called close is dropped. */
    #heard(data: string): void {
      if (this.readyState === states.OPEN) this.#tell('message', { data });
    }

    /** An attempt that failed is told as an error first. */
    #closed(code: number, reason: string): void {
      this.readyState = states.CLOSED;
      if (!this.#wasOpen) this.#tell('error', {});
      closing(() => this.#tell('close', { code, reason, wasClean: code !== 1006 }));
    }

    #tell(type: string, more: object): void {
      const event = { type, target: this, ...more };
      this.#dispatch(type, event);
    }

    #dispatch(type: string, event: { readonly type: string }): void {
      const listeners = this.#listeners.get(type) ?? [];
      this.#listeners.set(
        type,
        listeners.filter(({ once }) => !once),
      );
      for (const { listener } of listeners) listener?.call(this, event);
    }
  };
}
