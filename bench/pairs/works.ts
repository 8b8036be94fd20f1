/** What is done at each of two commits, and how much CPU time it took there, user and system, threads included. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SignJWT } from 'jose';
import type { Tree } from './tree.ts';

export interface Done {
  readonly cpuSeconds: number;
  /** The same where the same was done; null where that is not known. */
  readonly mark: string | null;
}

export interface Work {
  readonly amount: number;
  /** For what it writes. */
  readonly scratchFolder: string;
  readonly children: Set<ChildProcess>;
}

export const workNames = ['server', 'simulation'] as const;
export type WorkName = (typeof workNames)[number];
/** Writes, and runs. */
export const usualAmounts: Readonly<Record<WorkName, number>> = { server: 4_000, simulation: 300 };

/** It could not be measured. */
export class MeasureError extends Error {
  override readonly name = 'MeasureError';
}

export function performWork(name: WorkName, tree: Tree, work: Work): Promise<Done> {
  switch (name) {
    case 'server':
      return serveHonestly(tree, work);
    case 'simulation':
      return simulate(tree, work);
  }
}

const besides = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

function startChild(work: Work, child: ChildProcess): ChildProcess {
  work.children.add(child);
  child.once('exit', () => work.children.delete(child));
  return child;
}

/** The next message for which `read` finds something. */
function heardOf<Heard>(child: ChildProcess, what: string, read: (message: unknown) => Heard | undefined): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new MeasureError(`${what} ended before it was done`));
    const listen = (message: unknown): void => {
      const heard = read(message);
      if (heard === undefined) return;
      child.off('message', listen);
      child.off('exit', fail);
      resolve(heard);
    };
    child.on('message', listen);
    child.once('exit', fail);
  });
}

function numberAt(message: unknown, key: string): number | undefined {
  const found: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, key) : undefined;
  return typeof found === 'number' ? found : undefined;
}

/** Of the server alone, from the moment on at which all clients follow what they follow. */
async function serveHonestly({ folder, name }: Tree, work: Work): Promise<Done> {
  const secret = randomBytes(32).toString('hex');
  const token = await new SignJWT({ sub: 'honest' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  const execArgv = ['--import', 'tsx'];
  const server = startChild(work, fork(besides('honest-server.ts'), [folder, secret], { execArgv }));
  try {
    const port = await heardOf(server, `the server of ${name}`, (message) => numberAt(message, 'port'));
    const clients = startChild(work, fork(besides('honest-clients.ts'), [folder, `${port}`, token, `${work.amount}`], { execArgv }));
    try {
      await heardOf(clients, `the clients of ${name}`, (message) => (message === 'ready' ? true : undefined));
      server.send('begin');
      await heardOf(clients, `the clients of ${name}`, (message) => (message === 'done' ? true : undefined));
      const answer = heardOf(server, `the server of ${name}`, (message) => numberAt(message, 'cpuSeconds'));
      server.send('end');
      return { cpuSeconds: await answer, mark: null };
    } finally {
      clients.kill('SIGKILL');
    }
  } finally {
    server.kill('SIGKILL');
  }
}

/** All of a pinned simulation in one worker, its start included. */
async function simulate({ folder, name }: Tree, work: Work): Promise<Done> {
  const cpuFile = join(work.scratchFolder, 'cpu.jsonl');
  const outFolder = join(work.scratchFolder, 'campaign');
  for (const path of [cpuFile, outFolder]) rmSync(path, { recursive: true, force: true });
  const hook = pathToFileURL(besides('cpu-at-end.js')).href;
  const words = ['simulate', '--runs', `${work.amount}`, '--seed', '7', '--no-corpus', '--workers', '1', '--out', outFolder];
  const child = startChild(
    work,
    spawn(process.execPath, ['--import', hook, join('bin', 'lockstep.js'), ...words], {
      cwd: folder,
      env: { ...process.env, CPU_FILE: cpuFile },
      stdio: 'ignore',
    }),
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new MeasureError(`the simulation of ${name} ended with ${code === null ? 'a signal' : `exit code ${code}`}`);
  return { cpuSeconds: cpuSecondsIn(cpuFile), mark: traceHashIn(join(outFolder, 'report.json')) };
}

/** Of all processes that wrote there. */
function cpuSecondsIn(path: string): number {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.reduce((sum, line) => {
    const usage: unknown = JSON.parse(line);
    return sum + ((numberAt(usage, 'user') ?? 0) + (numberAt(usage, 'system') ?? 0)) / 1e6;
  }, 0);
}

function traceHashIn(path: string): string | null {
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const hash: unknown = typeof report === 'object' && report !== null ? Reflect.get(report, 'traceHash') : undefined;
  return typeof hash === 'string' ? hash : null;
}
