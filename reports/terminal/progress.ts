/** Draws progress: one line that is written over on a terminal, a plain line every ten seconds elsewhere (in CI). */
import type { SimulationProgress } from '../../properties/simulate/simulation.ts';
import { plainProgressLine, progressLine } from './progress-line.ts';

const drawEveryMs = 100;
const sayEveryMs = 10_000;

export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ProgressDisplay {
  update(progress: () => SimulationProgress): void;
  /** Leaves the terminal as it was found. */
  end(): void;
}

const eraseLine = `\r${String.fromCharCode(27)}[2K`;

export function openProgress(stream: ProgressStream, nowMs: () => number = () => performance.now()): ProgressDisplay {
  const live = stream.isTTY === true;
  const everyMs = live ? drawEveryMs : sayEveryMs;
  let lastMs = live ? Number.NEGATIVE_INFINITY : nowMs();
  return {
    update: (progress) => {
      if (nowMs() - lastMs < everyMs) return;
      lastMs = nowMs();
      if (live) stream.write(`${eraseLine}${progressLine(progress(), (stream.columns ?? 80) - 1)}`);
      else stream.write(`${plainProgressLine(progress())}\n`);
    },
    end: () => {
      if (live) stream.write(eraseLine);
    },
  };
}
