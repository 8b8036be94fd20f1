/** How every process behaves, whatever it is asked (E1, E2, E3). What breaks one of these rules ends the run, and nothing that came before excuses it. */
import { type Rejected, reject } from './rejection.ts';
import type { State } from './state.ts';

/** How a process was lost: it never came back from a turn, it set one turn after the other going, or it ended by itself. */
export type Loss = 'without bound' | 'without rest' | 'by itself';

/** Nothing can move any more, and every session has ended: no promise of a living process is left, neither a client's nor one of those `awaited`. */
export function requireAllSettled(state: State, awaited: readonly string[]): State {
  const [never] = [...awaited, ...openPromises(state)];
  if (never !== undefined)
    reject(
      'E1',
      `never settled: ${never}`,
      `the promise of ${never} never settled, and nothing can move any more`,
      ['it settles'],
      'nothing',
    );
  return state;
}

function openPromises({ clients }: State): readonly string[] {
  return Object.values(clients).flatMap(({ promises }) => Object.values(promises).map((promise) => promise.of));
}

export function loseRejection(error: string, shown: string): never {
  reject(
    'E2',
    `unhandled ${error}`,
    'a promise was rejected that nobody was given, and that nobody handles',
    ['every rejection reaches whoever made the call, or is handled'],
    shown,
  );
}

const losses: Readonly<Record<Loss, { readonly shape: string; readonly sentence: string }>> = {
  'without bound': { shape: 'without bound', sentence: 'a turn never came to its end' },
  'without rest': { shape: 'without rest', sentence: 'one turn led to the next, without end' },
  'by itself': { shape: 'ended by itself', sentence: 'the process ended in the middle of a turn' },
};

/** `shown` tells what was seen of it, in half a sentence. */
export function lossOf(how: Loss, shown: string): Rejected {
  const { shape, sentence } = losses[how];
  return { rule: 'E3', shape, message: `${sentence}: ${shown}`, allowed: ['every turn ends, within bounded time and memory'], shown };
}
