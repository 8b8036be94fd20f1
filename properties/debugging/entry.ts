/** The entry of a bundle that runs on the main thread, where debuggers look first. It is bundled for the same reason as the worker: so that a planted fault can be in it. */

import type { RunOptions } from '../interpreter/run-options.ts';
import type { Script } from '../scripts/script.ts';
import { runScript } from '../simulate/run.ts';
import type { RunResult } from '../trace.ts';
import { pause } from './pause.ts';

export interface DebuggedOptions extends Pick<RunOptions, 'world' | 'keepTrace' | 'until'> {
  /** Before which step to stop: -1 before anything, the number of steps before the world heals. */
  readonly pauseAt: number;
}

export function runDebugged(script: Script, { pauseAt, ...options }: DebuggedOptions): Promise<RunResult> {
  const onStep = (step: number): void => {
    if (step === pauseAt) pause();
  };
  return runScript(script, { ...options, onStep });
}
