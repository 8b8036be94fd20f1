/** Starts the process of a server, asks it for figures, and ends it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figures, FromServer, ProcessFigures, Setup, ToServer } from './figures.ts';

export interface ServerUnderAttack<Told extends ProcessFigures = Figures> {
  readonly port: number;
  /** Rejects when the process has ended, and was not asked to. */
  readonly gone: Promise<never>;
  /** What was measured since the last of these. */
  readonly figures: () => Promise<Told>;
  /** A look in between. */
  readonly look: () => Promise<Told>;
  readonly end: () => Promise<void>;
  /** At once, whatever it is at. */
  readonly kill: () => void;
}

/** The process of the server has ended in the midst of what it was doing. */
export class ServerGoneError extends Error {
  override readonly name = 'ServerGoneError';
}

/** How long it may take to end by itself. */
const endingMs = 10_000;

/** The next message of which `read` makes something; rejects if the process ends instead. */
function next<Told extends ProcessFigures, Heard>(
  child: ChildProcess,
  read: (message: FromServer<Told>) => Heard | undefined,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromServer<Told>): void => {
      const heard = read(message);
      if (heard === undefined) return;
      child.off('message', listen);
      child.off('exit', fail);
      resolve(heard);
    };
    const fail = (): void => reject(new ServerGoneError('the process of the server is gone'));
    child.on('message', listen);
    child.once('exit', fail);
  });
}

/** Ours. */
export function startServer(setup: Setup): Promise<ServerUnderAttack> {
  return startProcess<Figures>('server-process.ts', setup);
}

/** `entry` is a file beside this one; it is given `setup` as JSON. */
export async function startProcess<Told extends ProcessFigures>(
  entry: string,
  setup: unknown,
  stderr: 'inherit' | 'ignore' = 'inherit',
): Promise<ServerUnderAttack<Told>> {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const child = fork(path, [JSON.stringify(setup)], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', stderr, stderr, 'ipc'],
  });
  const ask = (message: ToServer): void => void child.send(message, () => {});
  const gone = once(child, 'exit').then(([code, signal]): never => {
    throw new ServerGoneError(`the process of the server ended (${signal ?? `exit code ${code}`})`);
  });
  gone.catch(() => {});
  const port = await next<Told, number>(child, (message) => (message.say === 'ready' ? message.port : undefined));
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  const figures = (begins: boolean): Promise<Told> => {
    const answer = next<Told, Told>(child, (message) => (message.say === 'figures' ? message.figures : undefined));
    ask({ ask: 'figures', begins });
    return answer;
  };
  return {
    port,
    gone,
    figures: () => figures(true),
    look: () => figures(false),
    end: async () => {
      if (!isAlive()) return;
      const ended = once(child, 'exit');
      ask({ ask: 'end' });
      const killer = setTimeout(() => child.kill('SIGKILL'), endingMs);
      await ended;
      clearTimeout(killer);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
