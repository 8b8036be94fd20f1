/** Signals to end, for programs that start others: what they started must not outlive them. */

/** The first signal to end aborts; a second one ends the process at once, as is usual. */
export function endingSignal(name: string): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      if (!controller.signal.aborted) process.stderr.write(`${name}: ending with what there is; a second signal ends at once\n`);
      controller.abort();
    });
  return controller.signal;
}

/** Rejects as soon as there is a signal to end. */
export function whenEnding(signal: AbortSignal): Promise<never> {
  const ending = new Promise<never>((_, reject) => {
    const end = (): void => reject(new EndingError());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
  ending.catch(() => {});
  return ending;
}

export class EndingError extends Error {
  override readonly name = 'EndingError';
  constructor() {
    super('it was told to end');
  }
}
