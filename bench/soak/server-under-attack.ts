/** Starts the process of the server, asks it for figures, and ends it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figures, FromServer, Setup, ToServer } from './figures.ts';

export interface ServerUnderAttack {
  readonly port: number;
  /** Rejects when the process has ended, and was not asked to. */
  readonly gone: Promise<never>;
  /** What was measured since the last of these. */
  readonly figures: () => Promise<Figures>;
  /** A look in between. */
  readonly look: () => Promise<Figures>;
  readonly end: () => Promise<void>;
}

/** The process of the server has ended in the midst of what it was doing. */
export class ServerGoneError extends Error {
  override readonly name = 'ServerGoneError';
}

const entry = fileURLToPath(new URL('server-process.ts', import.meta.url));
/** How long it may take to end by itself. */
const endingMs = 10_000;

/** The next message of that kind; rejects if the process ends instead. */
function next<Say extends FromServer['say']>(child: ChildProcess, say: Say): Promise<Extract<FromServer, { readonly say: Say }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromServer): void => {
      if (!isOf(message, say)) return;
      child.off('message', listen);
      child.off('exit', fail);
      resolve(message);
    };
    const fail = (): void => reject(new ServerGoneError('the process of the server is gone'));
    child.on('message', listen);
    child.once('exit', fail);
  });
}

function isOf<Say extends FromServer['say']>(message: FromServer, say: Say): message is Extract<FromServer, { readonly say: Say }> {
  return message.say === say;
}

export async function startServer(setup: Setup): Promise<ServerUnderAttack> {
  const child = fork(entry, [JSON.stringify(setup)], { execArgv: ['--import', 'tsx', '--expose-gc'] });
  const ask = (message: ToServer): void => void child.send(message, () => {});
  const gone = once(child, 'exit').then(([code, signal]): never => {
    throw new ServerGoneError(`the process of the server ended (${signal ?? `exit code ${code}`})`);
  });
  gone.catch(() => {});
  const { port } = await next(child, 'ready');
  const figures = (begins: boolean): Promise<Figures> => {
    const answer = next(child, 'figures');
    ask({ ask: 'figures', begins });
    return answer;
  };
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
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
  };
}
