/** Watches how the processes of a run behave, whatever they show (E1, E2): that no promise is left hanging, that no rejection is lost, and that nothing is thrown past everybody. */
import process from 'node:process';
import { onStandstill } from '../../tools/standstill.ts';
import type { Judge } from './judge.ts';

export interface Conduct {
  /** Waits for what the processes promised; rejects with a Standstill where nothing can move any more. `of` names the promise. */
  readonly awaited: <Value>(of: () => string, promise: Promise<Value>) => Promise<Value>;
  /** Called when the run is over. */
  readonly leave: () => void;
}

/** Nothing can move any more, and a promise is still waited for. */
export class Standstill extends Error {
  override readonly name = 'Standstill';
  readonly of: string;
  constructor(of: string) {
    super(`the promise of ${of} never settled`);
    this.of = of;
  }
}

export function watchConduct({ tell, accuse }: Pick<Judge, 'tell' | 'accuse'>): Conduct {
  const onRejection = (problem: unknown): void => tell({ kind: 'rejectionLost', error: kindOf(problem), shown: sayProblem(problem) });
  const onException = (problem: unknown): void => {
    const shown = sayProblem(problem);
    const finding = { rule: 'world', shape: `uncaught ${kindOf(problem)}`, message: `an error was thrown that nobody catches: ${shown}` };
    accuse({ ...finding, allowed: ['client and server never throw into the world'], shown }, 'lockstep');
  };
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onException);
  return {
    awaited: (of, promise) =>
      new Promise((resolve, reject) => {
        const stopListening = onStandstill(() => reject(new Standstill(of())));
        promise.then(resolve, reject).finally(stopListening);
      }),
    leave: () => {
      process.off('unhandledRejection', onRejection);
      process.off('uncaughtException', onException);
    },
  };
}

function kindOf(problem: unknown): string {
  return problem instanceof Error ? problem.name : 'something that is no error';
}

function sayProblem(problem: unknown): string {
  return problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
}
