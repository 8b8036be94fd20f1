/** A run of an installed set: its client and server in a simulated world, and how its wire and its silent decisions reach the model. */
import { createPublishedSystem } from '../../../sut/triplit/system.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import type { Translator } from '../../driving/translator.ts';
import { castSchema } from '../../generation/schemas.ts';
import type { Judge } from '../../interpreter/judge.ts';
import type { Setting } from '../../interpreter/run-on.ts';
import type { WorldOptions } from '../../worlds/world.ts';
import { watchNonsense } from './nonsense.ts';
import { tokenSecondsMs } from './profile.ts';
import { createTokenEndpointObserver } from './token-endpoint.ts';
import { createPublishedTranslator } from './translator.ts';
import { createPublishedWorld } from './world.ts';

export async function openSet(options: WorldOptions, set: string): Promise<Setting> {
  const world = await createPublishedWorld(options);
  return {
    world,
    tokenGrainMs: tokenSecondsMs,
    populate: (judge, labelOf) => {
      const translator = createPublishedTranslator(labelOf, judge.state);
      const http = { ...world.http, observer: createTokenEndpointObserver(judge, translator, labelOf) };
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
      return { system, translator: { ...translator, translate: watched(translator, judge) } };
    },
  };
}

/** That nonsense is answered is seen on the wire, and told the model by nobody. */
function watched({ translate }: Translator, judge: Judge): Translator['translate'] {
  const see = watchNonsense((finding) => judge.accuse(finding, 'nonsense'));
  return (event) => {
    see(event);
    return translate(event);
  };
}

/** All of a push shows at once: when its outcome is told. */
function tellOverridden(judge: Judge): void {
  judge.tell({ kind: 'schemaAppendBegan' });
  judge.tell({ kind: 'batchSealed', entries: [{ kind: 'schema' }] });
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
