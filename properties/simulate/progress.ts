/** How far a simulation is: what its listener is told, and the samples of its pace. */
import { openPace, type PacePoint } from './pace.ts';
import type { CorpusProgress, SimulationOptions, SimulationProgress, Totals } from './simulation.ts';

export interface ProgressTeller {
  tell(): void;
  /** The next part begins; gives the time. */
  enter(phase: SimulationProgress['phase']): number;
  corpusRan(progress: CorpusProgress): void;
  /** `place`: of the class among those that are shrunk. */
  shrunk(place: number, steps: number): void;
  pace(): readonly PacePoint[];
}

export interface ProgressParts {
  readonly totals: () => Totals;
  readonly nowMs: () => number;
  readonly onProgress: ((progress: () => SimulationProgress) => void) | undefined;
}

export function openProgressTeller(options: SimulationOptions, { totals, nowMs, onProgress }: ProgressParts): ProgressTeller {
  const pace = openPace();
  const shrunkTo: number[] = [];
  let phase: SimulationProgress['phase'] = 'corpus';
  let corpus: CorpusProgress = { scripts: options.corpus?.length ?? 0, done: 0, failed: 0 };
  let startMs = nowMs();
  const secondsSince = (): number => (nowMs() - startMs) / 1000;
  const now = (): SimulationProgress => {
    const seconds = secondsSince();
    const sums = totals();
    const ofRuns = options.runs === null ? 0 : sums.runs / options.runs;
    const ofTime = options.minutes === null ? 0 : seconds / (options.minutes * 60);
    return { ...sums, seconds, done: Math.min(1, Math.max(ofRuns, ofTime)), phase, corpus, shrunkTo: [...shrunkTo] };
  };
  const tell = (): void => {
    if (phase === 'running') pace.sample(secondsSince(), () => totals().steps);
    onProgress?.(now);
  };
  return {
    tell,
    enter: (next) => {
      if (phase === 'corpus' && next === 'running') startMs = nowMs();
      phase = next;
      return nowMs();
    },
    corpusRan: (progress) => {
      corpus = progress;
      tell();
    },
    shrunk: (place, steps) => {
      shrunkTo[place] = steps;
      tell();
    },
    pace: pace.points,
  };
}
