/** The numbers of a client's writes, under the id that it has (W1). */
import type { ClientState } from '../client-state.ts';
import { isUnanswered, type Write } from './changes.ts';

function numbered({ writes, epoch }: ClientState): readonly Write[] {
  return writes.filter((write) => write.epoch === epoch);
}

/** Without gaps, from 1. */
export function nextSequence(client: ClientState): number {
  return (numbered(client).at(-1)?.sequence ?? 0) + 1;
}

/** Up to which number the client was answered. */
export function answeredUpTo(client: ClientState): number {
  return (numbered(client).find(isUnanswered)?.sequence ?? nextSequence(client)) - 1;
}

/** The write of that number; undefined for one that the client never made. */
export function writeNumbered(client: ClientState, sequence: number): Write | undefined {
  return numbered(client).find((write) => write.sequence === sequence);
}
