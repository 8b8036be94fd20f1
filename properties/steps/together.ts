/** Several commands, issued at once: nothing is drained between them. */
import { applyCommand, type CommandStep, command, generateInGroup, oddityOfCommand, sayCommand, shrinkCommand } from '../commands/index.ts';
import { cloneForecast } from '../generation/state/clone.ts';
import { settle } from '../generation/state/settle.ts';
import { replaceAt, sum, withoutOne } from '../language/lists.ts';
import { choice, listOfSome, object, type ValueOf } from '../language/shapes.ts';
import { issue } from './issue.ts';
import { defineStep, ofNobody } from './step.ts';

const shape = object({ do: choice(['together']), commands: listOfSome(command, 'at least one command') });
type Together = ValueOf<typeof shape>;

export const together = defineStep(shape)({
  ...ofNobody,
  needs: () => [],
  say: (step) => `at once: ${step.commands.map((one) => sayCommand(one)).join('; ')}`,
  swarm: { weight: 230, family: null, isIndispensable: false, isSequential: false },
  suits: () => 10,
  /** Two to four commands, more often than not all of one client, each drawn as if those before had been carried out. */
  generate: (drawing) => {
    const { chance, forecast } = drawing;
    const only = chance.percent(60) ? chance.pick(forecast.clients) : undefined;
    const count = 2 + chance.place(6, 3, 1);
    const ahead = { ...drawing, forecast: cloneForecast(forecast) };
    const drawn: CommandStep[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = only ?? chance.pick(forecast.clients);
      const one = generateInGroup(ahead, client.name);
      drawn.push(one);
      applyCommand(ahead.forecast, one);
      settle(ahead.forecast);
    }
    return { do: 'together', commands: drawn };
  },
  apply: (forecast, step) => {
    for (const one of step.commands) applyCommand(forecast, one);
  },
  shrink,
  oddity: (step) => sum(step.commands, oddityOfCommand),
  size: (step) => 2 + step.commands.length,
  concerns: () => [],
  commands: {
    of: (step) => step.commands,
    change: (step, change) => {
      const left = step.commands.flatMap((one) => change(one) ?? []);
      return left.length === 0 ? null : { ...step, commands: left };
    },
  },
  strike: () => null,
  perform: (performing, step) => issue(performing, step.commands),
});

function* shrink(step: Together): Generator<readonly (Together | CommandStep)[]> {
  yield step.commands;
  for (const one of step.commands) yield [one];
  if (step.commands.length > 2) for (const commands of withoutOne(step.commands)) yield [{ do: 'together', commands }];
  for (const [place, one] of step.commands.entries()) {
    for (const plainer of shrinkCommand(one)) yield [{ do: 'together', commands: replaceAt(step.commands, place, plainer) }];
  }
}
