/**
 * Damage: a wrapper around a system that shows, sends or does one thing otherwise than the system itself. It stands for
 * defects that nobody knows yet: whoever knows deviations by their signatures must not take any of it for one of them.
 */
import type { System, SystemClient } from '../../../../sut/port/system.ts';

export interface Damage {
  readonly name: string;
  /** The `nth` time that it could strike it does, counted over all clients; from 1. */
  readonly inflict: (system: System, nth: number) => System;
}

/** `isTurn` is true at the `nth` call alone. */
export function onSystem(name: string, wrap: (system: System, isTurn: () => boolean) => Partial<System>): Damage {
  return { name, inflict: (system, nth) => ({ ...system, ...wrap(system, turn(nth)) }) };
}

function turn(nth: number): () => boolean {
  let calls = 0;
  return () => {
    calls += 1;
    return calls === nth;
  };
}

/** `wrap` is called for each client; `isTurn` counts over all. */
export function onClients(name: string, wrap: (client: SystemClient, isTurn: () => boolean) => Partial<SystemClient>): Damage {
  return onSystem(name, (system, isTurn) => ({
    createClient: (environment, settings) => {
      const client = system.createClient(environment, settings);
      return { ...client, ...wrap(client, isTurn) };
    },
  }));
}
