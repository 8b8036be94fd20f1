/** Progress of long work in a line now and then, on the error stream: often where somebody looks on, seldom in a log. */
import type { Terminal } from '../../reports/terminal/style.ts';

export interface CountLine {
  say(text: () => string): void;
}

const everyMs = 2_000;
const everyMsInLog = 10_000;

export function countLine(stream: Terminal & { write(text: string): unknown } = process.stderr): CountLine {
  let lastMs = performance.now();
  return {
    say: (text) => {
      const nowMs = performance.now();
      if (nowMs - lastMs < (stream.isTTY === true ? everyMs : everyMsInLog)) return;
      lastMs = nowMs;
      stream.write(`${text()}\n`);
    },
  };
}

/** Aborted by the first Ctrl-C; a second one ends the program at once, as is usual. */
export function interruption(name: string): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write(`${name}: ending with what there is; Ctrl-C again ends at once\n`);
    controller.abort();
  });
  return controller.signal;
}
