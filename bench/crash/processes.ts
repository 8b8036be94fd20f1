/** Starts the processes that are killed, and kills them. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { bundle } from '../../tools/bundle.ts';
import type { FromServer, FromWriter, ServerTask, ToProcess, WriterTask } from './messages.ts';
import type { Said } from './writer.ts';

export interface Process {
  /** With SIGKILL. Resolves when it is gone, and all that it had said has been heard. */
  kill(): Promise<void>;
  /** Asks it to end by itself. Rejects if it ends in another way. */
  end(): Promise<void>;
}
export interface ServerProcess extends Process {
  readonly port: number;
}

/** A process ended that nobody ended. */
export class ProcessLostError extends Error {
  override readonly name = 'ProcessLostError';
}

export interface Processes {
  /** Resolves when it listens. `under`: a command, with its words, that runs it. */
  server(task: ServerTask, under?: readonly string[]): Promise<ServerProcess>;
  /** `onSaid` hears it until it is gone; `onLost` if that was nobody's doing. */
  writer(task: WriterTask, onSaid: (said: Said) => void, onLost: (error: Error) => void): Process;
  /** Whatever still runs. */
  killAll(): void;
}

export async function createProcesses(): Promise<Processes> {
  const [serverProgram, writerProgram] = await Promise.all(
    ['bench/crash/server-process.ts', 'bench/crash/writer-process.ts'].map((entry) => bundle({ entry })),
  );
  const running = new Set<ChildProcess>();

  function start(program: string | undefined, task: object, under: readonly string[] = []): ChildProcess {
    if (program === undefined) throw new Error('there is no program to start');
    const [execPath = process.execPath, ...execArgv] = [...under, process.execPath, '--enable-source-maps'];
    const child = fork(program, [JSON.stringify(task)], { execPath, execArgv });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }

  /** `isExpected` is asked when it is gone. */
  function controls(child: ChildProcess, expect: () => void): Process {
    const gone = (): Promise<unknown> => Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    return {
      async kill() {
        expect();
        const ended = gone();
        child.kill('SIGKILL');
        await ended;
      },
      async end() {
        expect();
        const ended = gone();
        const message: ToProcess = { ask: 'end' };
        child.send(message);
        await ended;
        if (child.exitCode !== 0)
          throw new ProcessLostError(`a process that was asked to end ended with ${child.exitCode ?? child.signalCode}`);
      },
    };
  }

  return {
    async server(task, under) {
      const child = start(serverProgram, task, under);
      const port = await new Promise<number>((resolve, reject) => {
        child.once('message', (message: FromServer) => resolve(message.port));
        child.once('exit', (code, signal) => reject(new ProcessLostError(`the server did not start: ${code ?? signal}`)));
      });
      return { port, ...controls(child, () => {}) };
    },
    writer(task, onSaid, onLost) {
      const child = start(writerProgram, task);
      let isExpected = false;
      child.on('message', ({ said }: FromWriter) => onSaid(said));
      child.once('exit', (code, signal) => {
        if (!isExpected) onLost(new ProcessLostError(`a writer ended: ${code ?? signal}`));
      });
      return controls(child, () => {
        isExpected = true;
      });
    },
    killAll() {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}
