/**
 * Where a real end of a connection stops: what arrives there (open, frames, close) is kept until the world says that the
 * system may know. Frames are counted at both ends, so that one knows whether all that was sent has arrived.
 */
import { createSignal, type Signal } from './signal.ts';
import type { HeardClose } from './world.ts';

export interface Gate {
  /** Every frame that arrived, in order. */
  readonly frames: readonly string[];
  isOpen(): boolean;
  /** The close event of the real end; the server's has no code. */
  closed(): HeardClose | 'closed' | undefined;
  /** Tells when any of this changed. */
  readonly signal: Signal;
  open(): void;
  arrive(data: string): void;
  close(how: HeardClose | 'closed'): void;
}

export function createGate(): Gate {
  const signal = createSignal();
  const frames: string[] = [];
  let opened = false;
  let heard: HeardClose | 'closed' | undefined;
  return {
    frames,
    isOpen: () => opened,
    closed: () => heard,
    signal,
    open: () => {
      opened = true;
      signal.changed();
    },
    arrive: (data) => {
      frames.push(data);
      signal.changed();
    },
    close: (how) => {
      heard ??= how;
      signal.changed();
    },
  };
}
