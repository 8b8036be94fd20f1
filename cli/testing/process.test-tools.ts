/** For tests: the command line as a process of its own, which can be waited for by what it says, and killed. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../../tools/repository-root.ts';

export interface Ended {
  /** Null: by a signal. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  /** Settles once it has said so on one of its streams; rejects where it ends without. */
  says(text: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

export interface HowToStart {
  /** Options of Node. */
  readonly node?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export function startLockstep(words: readonly string[], { node = [], environment = {} }: HowToStart = {}): Started {
  const root = repositoryRoot();
  const child = spawn(process.execPath, [...node, join(root, 'bin', 'lockstep.js'), ...words], {
    cwd: root,
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  const waiting = new Set<() => void>();
  const hear = (stream: 'out' | 'err') => (data: unknown) => {
    said[stream] += String(data);
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear('out'));
  child.stderr.on('data', hear('err'));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  return {
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text.test(said.out) && !text.test(said.err)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(({ out, err }) => reject(new Error(`it ended without saying ${text}:\n${out}${err}`)));
      }),
    signal: (name) => void child.kill(name),
    ended,
  };
}
