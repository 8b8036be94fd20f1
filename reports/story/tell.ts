/** Tells the story of a run: what a trace says, drawn together for whoever has to understand it. */
import type { Script } from '../../properties/scripts/script.ts';
import { sayStep } from '../../properties/scripts/words.ts';
import type { Failure, TraceEvent } from '../../properties/trace.ts';
import { statusBandsOf } from './bands.ts';
import { chainOf } from './chain.ts';
import { differenceOf } from './difference.ts';
import { groupBandsOf } from './groups.ts';
import { messagesOf, passagesOf } from './messages.ts';
import { momentsOf } from './moments.ts';
import { saySetting } from './setting.ts';
import type { Divergence, Story } from './story.ts';
import { readTrace } from './told.ts';

/** `failure` is null where the run held; `ruleSentence` is that of the failure's rule. */
export function tellStory(script: Script, trace: readonly TraceEvent[], failure: Failure | null, ruleSentence: string): Story {
  const told = readTrace(trace);
  const { moments, momentOf } = momentsOf(told, failure);
  const passages = passagesOf(told);
  const clients = script.configuration.clients.map(({ name }) => name);
  const divergence = (found: Failure): Divergence => ({
    ...found,
    ruleSentence,
    moment: moments.length - 1,
    difference: differenceOf(found.allowed, found.shown),
    chain: chainOf({ script, told, passages, failure: found, ruleSentence }).map(({ place, sentence }) => ({
      moment: place === null ? moments.length - 1 : (momentOf[place] ?? moments.length - 1),
      sentence,
    })),
  });
  return {
    processes: [...clients, 'server'],
    moments,
    messages: messagesOf(passages, momentOf),
    statusBands: statusBandsOf(clients, told, momentOf, moments.length),
    groupBands: groupBandsOf(told, momentOf, moments.length),
    steps: script.steps.map(sayStep),
    setting: saySetting(script),
    divergence: failure === null ? null : divergence(failure),
  };
}
