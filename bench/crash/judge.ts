/**
 * Judges a round by the model. Of processes that are killed nobody sees the order of their messages, so the model cannot be told the run itself;
 * it is told one run that would have looked the same from outside, and that is the only freedom: writes are decided in the order of the log (those are
 * the linearisation points), what was told as synced before a kill is told before it, and all else as late as it can be. Where the model refuses that run,
 * no run explains what was seen. Two things the model has no words for are compared here: that an entry of the log holds what its client handed over, whole,
 * and that nothing was told which never should be. Nothing here uses `sut/`.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Action, initialState, type State, step } from '../../model/index.ts';
import { createRun } from './explaining-run.ts';
import type { History, SeenEntry, Writer } from './history.ts';

export interface Complaint {
  /** The number of the rule in model/SPEC.md. */
  readonly rule: string;
  readonly message: string;
}

/** The first thing that is wrong; none: the round held. */
export function judge(history: History): Complaint | null {
  return troublesIn(history) ?? misfitsIn(history) ?? refusalOf(history);
}

function troublesIn({ writers }: History): Complaint | null {
  const [trouble] = writers.flatMap(({ name, troubles }) => troubles.map((said) => `${name}: ${said}`));
  return trouble === undefined ? null : { rule: 'W2', message: trouble };
}

/** Entries that hold something else than was handed over under their number, or that nobody handed over. */
function misfitsIn({ writers, log }: History): Complaint | null {
  for (const entry of log) {
    if (entry.kind !== 'write') continue;
    const where = `version ${entry.version}`;
    const writer = writers.find(({ clientId }) => clientId === entry.clientId);
    if (writer === undefined) return { rule: 'W6', message: `${where} is of nobody: client id ${entry.clientId}` };
    const handed = handedAs(writer, entry);
    if (handed === undefined)
      return { rule: 'W1', message: `${where}: ${writer.name} never made a write ${entry.sequence} of id ${entry.id}` };
    if (!isDeepStrictEqual(handed.operations, entry.operations))
      return { rule: 'W4', message: `${where} holds write ${entry.sequence} of ${writer.name} in part, or another` };
  }
  return null;
}

function handedAs({ calls }: Writer, { sequence, id }: Extract<SeenEntry, { readonly kind: 'write' }>) {
  return calls.flatMap(({ handed }) => handed ?? []).find((handed) => handed.sequence === sequence && handed.id === id);
}

function refusalOf(history: History): Complaint | null {
  const { configuration, actions } = createRun(history);
  let state: State = initialState(configuration);
  for (const action of actions) {
    const next = step(state, action);
    if (!next.ok) {
      const { rule, message, allowed, shown } = next.rejected;
      return { rule, message: `${message}: allowed ${allowed.join(' or ')}, seen ${shown} (at ${sayAction(action)})` };
    }
    state = next.state;
  }
  return null;
}

function sayAction(action: Action): string {
  return action.kind === 'command' ? `the call ${action.command.do} of ${action.client}` : action.kind;
}
