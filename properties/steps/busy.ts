/** What a step lets clients be busy with from now on (`generation/state/busy.ts`). */
import type { CommandStep } from '../commands/index.ts';
import { atRest, type Busy, either } from '../generation/state/busy.ts';
import type { RefreshSpec } from '../language/tokens.ts';

/** After a command that is carried out now, and alone. */
export function busyAfter(before: Busy, command: CommandStep): Busy {
  switch (command.do) {
    case 'startSession':
      // Who has no token has no current one: then nothing begins, and nothing ends.
      return command.token.kind === 'current' ? busyToo(before, command) : busyWith(command);
    case 'disconnect':
      return { ...before, connects: false };
    case 'endSession':
      return atRest;
    default:
      return busyToo(before, command);
  }
}

/** After a command that comes at some moment, or never: in a callback, or beside others. */
export function busyToo(before: Busy, command: CommandStep): Busy {
  if (command.do === 'startSession') return either(before, busyWith(command));
  return command.do === 'connect' ? { ...before, connects: true } : before;
}

function busyWith({ connect, refresh }: Extract<CommandStep, { readonly do: 'startSession' }>): Busy {
  return { connects: connect, asksEachMs: refresh === null ? null : shortestPeriodMs(refresh) };
}

/** What is no usable token is followed by another call a second later. */
function shortestPeriodMs({ intervalMs, answers }: RefreshSpec): number {
  const lifetimesMs = answers.map((each) => (each.answer === 'token' && each.token.kind === 'fresh' ? each.token.lifetimeMs : 0));
  const shortestMs = Math.min(...lifetimesMs.map((lifetimeMs) => lifetimeMs ?? Number.POSITIVE_INFINITY));
  return Math.max(1_000, Math.min(intervalMs ?? Number.POSITIVE_INFINITY, shortestMs - 1_000));
}
