/**
 * Runs a reproduction against an installed set: a copy of it beside the packages of that set, so that it finds them as any
 * program finds its own, in a process of its own and on a free port, so that two may run side by side.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setFolder } from '../../../sut/triplit/sets.ts';
import { reproductionPort } from './finding.ts';
import { type Reproduced, readSaying } from './reproduction-verdict.ts';

/** The longest waits four seconds; a slow machine may take its time. */
const timeLimitMs = 60_000;

export interface ReproductionRun {
  readonly root: string;
  /** The name of an installed set. */
  readonly set: string;
  readonly name: string;
  readonly text: string;
}

export async function runReproduction({ root, set, name, text }: ReproductionRun): Promise<Reproduced> {
  const folder = join(setFolder(root, set), 'reproductions');
  const path = join(folder, `${name}.${process.pid}.ts`);
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text.replaceAll(reproductionPort, String(port)));
  try {
    return await runProgram(path, folder);
  } finally {
    rmSync(path, { force: true });
  }
}

function runProgram(path: string, folder: string): Promise<Reproduced> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), path], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), timeLimitMs);
    child.on('error', (error) => settle({ outcome: 'failed to run', why: error.message }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      settle(readSaying(said.stdout, said.stderr, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => settle(port));
    });
  });
}
