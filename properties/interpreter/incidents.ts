/** Steps that are nobody's command to a client: what happens to the processes, their storages, and by strangers. */
import type { Nonsense, StrangerWord } from '../../model/index.ts';
import type { System } from '../../sut/port/system.ts';
import type { Step } from '../scripts/script.ts';
import type { World } from '../worlds/world.ts';
import type { Hosts } from './hosts.ts';
import type { Judge } from './judge.ts';
import { closingOf, type Translator } from './words.ts';

export type Incident = Extract<
  Step,
  { readonly do: 'pushSchema' | 'restartServer' | 'restartClient' | 'failStorage' | 'inject' | 'stranger' }
>;

export interface Incidents {
  /** Whether the step meant anything now. */
  readonly perform: (step: Incident) => Promise<boolean>;
}

/** What makes no sense to a client either. */
const clientNonsense: readonly Nonsense[] = ['notJson', 'notAFrame', 'unknownType', 'missingField'];

/** Another version is told which one is spoken here (B2). */
function explains(says: StrangerWord, message: string): boolean {
  return says === 'otherVersion' ? /\d/.test(message) : message !== '';
}

export function createIncidents(system: System, world: World, hosts: Hosts, judge: Judge, translator: Translator): Incidents {
  let pushes = 0;
  const { phase } = hosts;

  async function push(step: Extract<Incident, { readonly do: 'pushSchema' }>): Promise<boolean> {
    if (phase() !== 'running' && phase() !== 'recovering') return false;
    pushes += 1;
    const name = `push${pushes}`;
    await world.run(() => {
      judge.tell({ kind: 'schemaPushed', push: name, schema: step.schema });
      hosts.pushSchema(name, step.schema);
    });
    return true;
  }

  async function restartServer({ how, keepsTail }: Extract<Incident, { readonly do: 'restartServer' }>): Promise<boolean> {
    if (how === 'graceful' && phase() !== 'running') return false;
    await hosts.restartServer(how, keepsTail);
    return true;
  }

  async function inject({ client, to, nonsense }: Extract<Incident, { readonly do: 'inject' }>): Promise<boolean> {
    if (to === 'client' && !clientNonsense.includes(nonsense)) return false;
    const text = system.nonsense(nonsense, translator.subscriptionOf(client));
    if (text === null) return false;
    translator.expect(nonsense);
    const isInjected = world.inject(client, to, text);
    if (!isInjected) translator.expect(null);
    return isInjected;
  }

  async function stranger({ says }: Extract<Incident, { readonly do: 'stranger' }>): Promise<boolean> {
    if (phase() !== 'running') return false;
    const heard = await world.stranger(system.strangerFrames(says));
    const message = heard === null ? null : (system.describeClose(heard.reason)?.message ?? null);
    const closing = heard === null ? null : { ...closingOf(system, heard.reason), explained: explains(says, message ?? '') };
    judge.tell({ kind: 'strangerHeard', said: says, closing });
    return true;
  }

  async function perform(step: Incident): Promise<boolean> {
    switch (step.do) {
      case 'pushSchema':
        return push(step);
      case 'restartServer':
        return restartServer(step);
      case 'restartClient':
        return hosts.restartClient(step.client, step.keepsTail);
      case 'failStorage':
        return world.failStorage(step.process, step.keepsTail);
      case 'inject':
        return inject(step);
      case 'stranger':
        return stranger(step);
    }
  }
  return { perform };
}
