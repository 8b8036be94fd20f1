/**
 * Equal queries of one client (Q4). There they are asked for once, by whichever subscription comes first, and the wire does
 * not tell of one that joins later: scripts subscribe all of them in one breath, so that each is known when they are asked for.
 */
import type { CommandStep, Script, Step } from '../../scripts/script.ts';
import { changeCommands } from '../../steps/index.ts';
import { onceEach } from './commands.ts';

type Subscribe = Extract<CommandStep, { readonly do: 'subscribe' }>;

/** Later ones go to the step of the first, or nowhere if it is made in a callback. */
export function withTwinsTogether(script: Script): Script {
  const places = new Map<string, number | null>();
  const joining = new Map<number, readonly Subscribe[]>();
  const kept = script.steps.map((step, index): Step | null => {
    const stays = (command: CommandStep): boolean => {
      if (command.do !== 'subscribe') return true;
      const place = places.get(keyOf(command));
      if (place === undefined) places.set(keyOf(command), step.do === 'inCallback' ? null : index);
      else if (place !== null && place !== index) joining.set(place, [...(joining.get(place) ?? []), command]);
      return place === undefined || place === index;
    };
    return changeCommands(step, (command) => (stays(command) ? command : null));
  });
  const joined = kept.map((step, index) => (step === null ? null : joinedBy(step, joining.get(index) ?? [])));
  return { ...script, steps: joined.filter((step) => step !== null) };
}

function joinedBy(step: Step, joining: readonly Subscribe[]): Step {
  if (joining.length === 0) return step;
  if (step.do === 'together') return { ...step, commands: [...step.commands, ...joining] };
  return step.do === 'subscribe' ? { do: 'together', commands: [step, ...joining] } : step;
}

export const withoutTwins = onceEach((command) => (command.do === 'subscribe' ? keyOf(command) : null));

/** A second unsubscribe of one subscription is left out. */
export const withUnsubscribesOnce = onceEach((command) =>
  command.do === 'unsubscribe' ? `${command.client} ${command.subscription}` : null,
);

function keyOf({ client, query }: Subscribe): string {
  return JSON.stringify([client, query]);
}
