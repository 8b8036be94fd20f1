/** Starts the process of the server, asks it for figures, and ends it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figures, FromServer, ToServer } from './figures.ts';

export interface ServerUnderAttack {
  readonly port: number;
  readonly isAlive: () => boolean;
  readonly figures: () => Promise<Figures>;
  readonly end: () => Promise<void>;
}

const entry = fileURLToPath(new URL('server-process.ts', import.meta.url));

/** The next message of that kind; rejects if the process ends instead. */
function next<Say extends FromServer['say']>(child: ChildProcess, say: Say): Promise<Extract<FromServer, { readonly say: Say }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromServer): void => {
      if (!isOf(message, say)) return;
      child.off('message', listen);
      child.off('exit', fail);
      resolve(message);
    };
    const fail = (): void => reject(new Error('the process of the server is gone'));
    child.on('message', listen);
    child.once('exit', fail);
  });
}

function isOf<Say extends FromServer['say']>(message: FromServer, say: Say): message is Extract<FromServer, { readonly say: Say }> {
  return message.say === say;
}

export async function startServer(keySet: unknown): Promise<ServerUnderAttack> {
  const child = fork(entry, [JSON.stringify(keySet)], { execArgv: ['--import', 'tsx', '--expose-gc'] });
  const ask = (message: ToServer): void => void child.send(message);
  const { port } = await next(child, 'ready');
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    port,
    isAlive,
    figures: () => {
      const answer = next(child, 'figures');
      ask({ ask: 'figures' });
      return answer;
    },
    end: async () => {
      if (!isAlive()) return;
      const gone = once(child, 'exit');
      ask({ ask: 'end' });
      await gone;
    },
  };
}
