/** What is known of a call of a client that was made: its words in all reports, and what follows from it. */
import type { CommandOf as CallOf, Command, CommandName } from '../../model/index.ts';
import { type Detail, plainDetails } from '../language/words-details.ts';
import type { CallTraits } from './command.ts';
import { commands } from './index.ts';

const calls: { readonly [Name in CommandName]: { readonly call: CallTraits<CallOf<Name>> } } = commands;

function saidOf<Name extends CommandName>(call: CallOf<Name>): ReturnType<CallTraits<never>['say']> {
  return calls[call.do].call.say(call);
}

/** The call as its user makes it. */
export function sayCall(call: Command): string {
  return call.do + saidOf(call).brief;
}

/** A call whose promise is observed ends in its name: `→ p3`. */
export function sayCallExactly(call: Command): string {
  const { brief, exact = brief } = saidOf(call);
  return `${call.do}${exact}${'promise' in call ? ` → ${call.promise}` : ''}`;
}

export function callDetails(call: Command): readonly Detail[] {
  const { details } = saidOf(call);
  return [['call', call.do], ...(details === undefined ? plainDetails(call, ['do']) : Object.entries<string>(details))];
}

export function traitsOf(call: Command): Omit<CallTraits<never>, 'say'> {
  return calls[call.do].call;
}
