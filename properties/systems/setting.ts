/**
 * What a run is about: a world, a system in it, how its wire is told, and what it promises otherwise. Our own client and
 * server in either world, or a set of the published packages in the simulated one.
 */
import type { Profile } from '../../model/index.ts';
import type { System } from '../../sut/port/system.ts';
import { ownSystem } from '../../sut/reference/adapter.ts';
import { createPublishedSystem } from '../../sut/triplit/system.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { createTranslator, type Translator } from '../driving/translator.ts';
import { castSchema } from '../generation/schemas.ts';
import type { Judge } from '../interpreter/judge.ts';
import type { Lenience } from '../scripts/script.ts';
import type { WorldName } from '../trace.ts';
import { createNonsenseWatch } from '../triplit/nonsense.ts';
import { publishedProfile, publishedTokenSecondsMs } from '../triplit/profile.ts';
import { listenForRejections } from '../triplit/rejections.ts';
import { publishedSetOf } from '../triplit/set.ts';
import { createTokenEndpointObserver } from '../triplit/token-endpoint.ts';
import { createPublishedTranslator } from '../triplit/translator.ts';
import { createPublishedWorld } from '../triplit/world.ts';
import type { AssembledWorld } from '../worlds/assemble.ts';
import { createSimulatedWorld } from '../worlds/simulated.ts';
import { createWebSocketWorld } from '../worlds/websocket.ts';
import type { WorldOptions } from '../worlds/world.ts';

export interface Setting {
  readonly world: AssembledWorld;
  readonly profile: Profile | undefined;
  /** Times in tokens are multiples of it. */
  readonly tokenGrainMs: number;
  /** `labelOf` names a token by its bytes. */
  readonly populate: (judge: Judge, labelOf: (bytes: string) => string | undefined) => Population;
}
export interface Population {
  readonly system: System;
  readonly translator: Translator;
  /** Called when the run is over. */
  readonly leave: () => void;
}

export async function createSetting(name: WorldName, options: WorldOptions, lenient: readonly Lenience[] = []): Promise<Setting> {
  const set = publishedSetOf(name);
  if (set !== undefined) return publishedSetting(set, options, lenient);
  return {
    world: name === 'simulated' ? await createSimulatedWorld(options) : await createWebSocketWorld(options),
    profile: undefined,
    tokenGrainMs: 1,
    populate: (_judge, labelOf) => ({ system: ownSystem, translator: createTranslator(ownSystem, labelOf), leave: () => {} }),
  };
}

async function publishedSetting(set: string, options: WorldOptions, lenient: readonly Lenience[]): Promise<Setting> {
  const world = await createPublishedWorld(options);
  return {
    world,
    profile: {
      ...publishedProfile,
      repeatsFulfilment: lenient.includes('repeatedFulfilment'),
      resolvesUpdatesUnanswered: lenient.includes('unansweredUpdates'),
    },
    tokenGrainMs: publishedTokenSecondsMs,
    populate: (judge, labelOf) => {
      const translator = createPublishedTranslator(labelOf, judge.state);
      const http = { ...world.http, observer: createTokenEndpointObserver(judge, translator, labelOf) };
      const leave = listenForRejections((finding) => judge.accuse(finding, 'rejections'));
      const system = createPublishedSystem({
        root: repositoryRoot(),
        set,
        http,
        clientNames: world.lastClient,
        monotonicNow: world.now,
        schema: castSchema,
        onStored: (client) => tellStored(judge, client),
        onCleared: (client) => tellCleared(judge, client),
        onOverridden: () => tellOverridden(judge),
      });
      return { system, translator: { ...translator, translate: watched(translator, judge) }, leave };
    },
  };
}

/** That nonsense is answered is seen on the wire, and told the model by nobody. */
function watched({ translate }: Translator, judge: Judge): Translator['translate'] {
  const { see } = createNonsenseWatch((finding) => judge.accuse(finding, 'nonsense'));
  return (event) => {
    see(event);
    return translate(event);
  };
}

/** All of a push shows at once: when its outcome is told. */
function tellOverridden(judge: Judge): void {
  judge.tell({ kind: 'schemaAppendBegan' });
  judge.tell({ kind: 'appendDurable' });
  judge.tell({ kind: 'schemaCommitted', version: judge.state().server.versions.length });
}

/** In the order in which they were called. */
function tellCleared(judge: Judge, client: string): void {
  const [next] = judge.state().clients[client]?.clears ?? [];
  if (next !== undefined) judge.tell({ kind: 'cleared', client, epoch: next.epoch });
}

/** Writes are held in the order in which they are made. */
function tellStored(judge: Judge, client: string): void {
  const known = judge.state().clients[client];
  const next = known?.writes.find(({ stored }) => !stored);
  if (known !== undefined && next !== undefined) judge.tell({ kind: 'stored', client, epoch: known.epoch, sequence: next.sequence });
}
