/**
 * Tells when nothing in this thread can move any more, though something is still waited for: no timer, no socket, no work
 * in a thread pool is left that could settle it. Whoever asked last is told alone.
 */
import process from 'node:process';

const listeners: (() => void)[] = [];

function tellLast(): void {
  listeners.at(-1)?.();
}

/** Calls back at each standstill; answers how to stop listening. */
export function onStandstill(listener: () => void): () => void {
  if (listeners.length === 0) process.on('beforeExit', tellLast);
  listeners.push(listener);
  return () => {
    const place = listeners.lastIndexOf(listener);
    if (place >= 0) listeners.splice(place, 1);
    if (listeners.length === 0) process.off('beforeExit', tellLast);
  };
}
