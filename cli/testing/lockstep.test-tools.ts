/** For tests: the command line as a program would call it, without a process: its words in, its exit code and what it wrote out. */
import { main } from '../main.ts';
import type { ExitCode } from '../verb.ts';

export interface Called {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export async function lockstep(...words: readonly string[]): Promise<Called> {
  const written = { out: '', err: '' };
  const code = await main(words, {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
    environment: {},
    startMs: performance.now(),
    onInterrupt: () => () => undefined,
    failureKnown: () => undefined,
  });
  return { code, ...written };
}
