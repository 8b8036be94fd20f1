/** Issues the commands of a script to a real client, telling the model of each at the moment of the call. */
import type { Command } from '../../model/index.ts';
import type { Gifts } from '../driving/gifts.ts';
import { type ClientProcess, refreshOptions, subscribe, watchEntity, watchPromise } from '../driving/processes.ts';
import type { Purse } from '../driving/purse.ts';
import type { CommandStep } from '../scripts/script.ts';
import type { World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';

export interface Commander {
  /**
   * Mints what the command needs; the answer issues it, synchronously, and tells whether there was anything to call.
   * null: the command means nothing now (a skip).
   */
  readonly prepare: (step: CommandStep) => Promise<(() => boolean) | null>;
}

export function createCommander(
  processes: ReadonlyMap<string, ClientProcess>,
  judge: Judge,
  world: World,
  purse: Purse,
  gifts: Gifts,
): Commander {
  let promises = 0;
  const nextPromise = (): string => {
    promises += 1;
    return `p${promises}`;
  };

  function call(process: ClientProcess, command: Command, invoke: () => unknown): true {
    judge.tell({ kind: 'command', client: process.name, command });
    const outcome = invoke();
    if ('promise' in command && outcome instanceof Promise) watchPromise(process, judge, command.promise, outcome);
    return true;
  }

  async function prepare(step: CommandStep): Promise<(() => boolean) | null> {
    const process = processes.get(step.client);
    if (process === undefined) return null;
    switch (step.do) {
      case 'startSession': {
        const minted = await purse.mint(step.token, process.client.token());
        if (minted === null) return null;
        const { connect, refresh } = step;
        return () => {
          const options = refresh === null ? undefined : refreshOptions(process, judge, world, purse, refresh);
          const told = refresh === null ? null : { intervalMs: refresh.intervalMs };
          return call(process, { do: 'startSession', promise: nextPromise(), token: minted.token, connect, refresh: told }, () =>
            process.client.startSession(minted.bytes, connect, options),
          );
        };
      }
      case 'updateSessionToken': {
        const minted = await purse.mint(step.token, process.client.token());
        if (minted === null) return null;
        return () =>
          call(process, { do: 'updateSessionToken', promise: nextPromise(), token: minted.token }, () =>
            process.client.updateSessionToken(minted.bytes),
          );
      }
      case 'endSession':
        return () => call(process, { do: 'endSession', promise: nextPromise() }, () => process.client.endSession());
      case 'connect':
        return () => call(process, { do: 'connect' }, () => process.client.connect());
      case 'disconnect':
        return () => call(process, { do: 'disconnect' }, () => process.client.disconnect());
      // Whether a name is taken is asked at the moment of the call: an earlier command of the same `together` may have taken it.
      case 'subscribe': {
        const { subscription, query } = step;
        return () => {
          if (process.unsubscribes.has(subscription) || !isCollectionKnown(process, query.collection)) return false;
          return call(process, { do: 'subscribe', subscription, query }, () =>
            subscribe(process, judge, { ...step, query: gifts.copy(query) }),
          );
        };
      }
      case 'unsubscribe': {
        const { subscription } = step;
        return () => {
          const unsubscribe = process.unsubscribes.get(subscription);
          return unsubscribe !== undefined && call(process, { do: 'unsubscribe', subscription }, unsubscribe);
        };
      }
      case 'insert': {
        const { collection, row } = step;
        return () => {
          watchEntity(process, judge, collection, row.id);
          return call(process, { do: 'insert', promise: nextPromise(), collection, row }, () =>
            process.client.insert(collection, gifts.copy(row)),
          );
        };
      }
      case 'update': {
        const { collection, id, changes } = step;
        return () => {
          watchEntity(process, judge, collection, id);
          return call(process, { do: 'update', promise: nextPromise(), collection, id, changes }, () =>
            process.client.update(collection, id, gifts.copy(changes)),
          );
        };
      }
      case 'delete': {
        const { collection, id } = step;
        return () => {
          watchEntity(process, judge, collection, id);
          return call(process, { do: 'delete', promise: nextPromise(), collection, id }, () => process.client.delete(collection, id));
        };
      }
      case 'transact': {
        const { operations } = step;
        return () => {
          for (const operation of operations)
            watchEntity(process, judge, operation.collection, operation.do === 'insert' ? operation.row.id : operation.id);
          return call(process, { do: 'transact', promise: nextPromise(), operations }, () =>
            process.client.transact(gifts.copy(operations)),
          );
        };
      }
      case 'clear':
        return () => call(process, { do: 'clear', promise: nextPromise() }, () => process.client.clear());
    }
  }

  return { prepare };
}

/** A client with a schema throws at a collection that is not in it: no subscription begins. */
function isCollectionKnown({ schema }: ClientProcess, collection: string): boolean {
  return schema === null || schema.collections[collection] !== undefined;
}
