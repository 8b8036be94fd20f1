/** Changes the commands of a script wherever they stand. */
import type { CommandStep, Script, Step } from '../scripts/script.ts';

/** Applies to each command wherever it stands; a step that is left without a command goes. */
export function onCommands(change: (command: CommandStep) => CommandStep | null): (script: Script) => Script {
  const changeStep = (step: Step): readonly Step[] => {
    switch (step.do) {
      case 'together': {
        const commands = step.commands.flatMap((command) => change(command) ?? []);
        return commands.length === 0 ? [] : [{ ...step, commands }];
      }
      case 'inCallback': {
        const command = change(step.command);
        return command === null ? [] : [{ ...step, command }];
      }
      default:
        return isCommand(step) ? [change(step) ?? []].flat() : [step];
    }
  };
  return (script) => ({ ...script, steps: script.steps.flatMap(changeStep) });
}

const commandKinds: readonly Step['do'][] = [
  'startSession',
  'updateSessionToken',
  'endSession',
  'connect',
  'disconnect',
  'subscribe',
  'unsubscribe',
  'insert',
  'update',
  'delete',
  'transact',
  'clear',
];

function isCommand(step: Step): step is CommandStep {
  return commandKinds.includes(step.do);
}
