/** The chain of events as sentences for a terminal, where the steps of the script stand beside it and need not be told again. */
import type { Script } from '../../properties/scripts/script.ts';
import type { Failure, TraceEvent } from '../../properties/trace.ts';
import { chainOf } from './chain.ts';
import { passagesOf } from './messages.ts';
import { readTrace } from './told.ts';

/** Empty where the trace was not kept. */
export function sayChain(script: Script, trace: readonly TraceEvent[], failure: Failure, ruleSentence: string): readonly string[] {
  if (trace.length === 0) return [];
  const told = readTrace(trace);
  const links = chainOf({ script, told, passages: passagesOf(told), failure, ruleSentence });
  return links.flatMap(({ brief }) => (brief === null ? [] : [brief]));
}
