/** Draws progress: one line that is written over where somebody watches, a plain line every ten seconds elsewhere (in CI). */
import type { SimulationProgress } from '../../properties/simulate/simulation.ts';
import { plainProgressLine, progressLine } from './progress-line.ts';
import { type Environment, isWatched, type Terminal } from './style.ts';

const drawEveryMs = 100;
const sayEveryMs = 10_000;
const usualColumns = 80;

export interface ProgressStream extends Terminal {
  write(text: string): unknown;
}

export interface ProgressDisplay {
  update(progress: () => SimulationProgress): void;
  /** A line that stays, above the one that is written over. */
  say(line: string): void;
  /** Leaves the terminal as it was found; may be called twice. The cursor is never hidden, so nothing can leave it so. */
  end(): void;
}

const eraseLine = `\r${String.fromCharCode(27)}[2K`;

export function openProgress(
  stream: ProgressStream,
  environment: Environment = {},
  nowMs: () => number = () => performance.now(),
): ProgressDisplay {
  const live = isWatched(stream, environment);
  const everyMs = live ? drawEveryMs : sayEveryMs;
  let lastMs = live ? Number.NEGATIVE_INFINITY : nowMs();
  let drawn = false;
  const erase = (): void => {
    if (drawn) stream.write(eraseLine);
    drawn = false;
  };
  return {
    update: (progress) => {
      if (nowMs() - lastMs < everyMs) return;
      lastMs = nowMs();
      if (live) {
        // The last column stays free: a terminal that writes there may move on to the next line. Some say that they have none at all.
        stream.write(`${eraseLine}${progressLine(progress(), (stream.columns || usualColumns) - 1)}`);
        drawn = true;
      } else {
        stream.write(`${plainProgressLine(progress())}\n`);
      }
    },
    say: (line) => {
      erase();
      stream.write(`${line}\n`);
    },
    end: erase,
  };
}
