/**
 * Writes that go on under a fresh client id (W1): numbered from 1 in the order they have. The rows that they insert begin
 * under that id, so what later ones among them say of those rows is renamed; what concerns any other row stays as it is,
 * be it one that an earlier write of this client began.
 */
import type { Operation } from '../protocol/frames.ts';
import type { OutboxEntry } from './storage.ts';

export function generationOf(clientId: string, sequence: number): string {
  return `${clientId}:${sequence}`;
}

/** By collection, id and former generation. */
export type Renamed = ReadonlyMap<string, string>;

export interface Renumbered {
  readonly writes: readonly OutboxEntry[];
  readonly renamed: Renamed;
}

function nameOf({ collection, id }: Operation, generation: string): string {
  return JSON.stringify([collection, id, generation]);
}

export function renamedOperation(operation: Operation, renamed: Renamed): Operation {
  if (operation.kind === 'insert') return operation;
  const generation = renamed.get(nameOf(operation, operation.generation));
  return generation === undefined ? operation : { ...operation, generation };
}

/** Whether the row that the operation concerns is one of those. */
export function isRenamed(operation: Exclude<Operation, { kind: 'insert' }>, renamed: Renamed): boolean {
  return renamed.has(nameOf(operation, operation.generation));
}

export function underFreshId(writes: readonly OutboxEntry[], formerId: string, freshId: string): Renumbered {
  const renamed = new Map<string, string>();
  const renumbered = writes.map(({ sequence, id, operations }, index) => ({
    sequence: index + 1,
    id,
    // In order: an operation before the insert concerns another row, whatever its generation is called.
    operations: operations.map((operation) => {
      if (operation.kind === 'insert') renamed.set(nameOf(operation, generationOf(formerId, sequence)), generationOf(freshId, index + 1));
      return renamedOperation(operation, renamed);
    }),
  }));
  return { writes: renumbered, renamed };
}
