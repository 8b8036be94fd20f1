/** The example as a process: what it was told is there when it comes again, also after it was killed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { SyncClient, silentLogger } from '../index.ts';
import { isLmdbThere } from '../storage/lmdb/test-lmdb.ts';
import { temporaryFolders } from '../storage/test-folders.ts';

const program = fileURLToPath(new URL('durable-server.ts', import.meta.url));
const jwtSecret = 'a secret of these tests alone, long enough';
const folder = temporaryFolders();
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

interface Running {
  readonly port: number;
  readonly lines: readonly string[];
  /** Gives the exit code, null after a kill. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

async function start(path: string): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, path, '0'], {
    env: { ...process.env, JWT_SECRET: jwtSecret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with exit code ${code}`)));
    output.on('line', (line) => {
      lines.push(line);
      const [, said] = /^listens on port (\d+)$/u.exec(line) ?? [];
      if (said !== undefined) resolve(Number(said));
    });
  });
  return {
    port,
    lines,
    end: async (signal) => {
      const gone = once(child, 'close');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}

async function connect(port: number): Promise<SyncClient> {
  const token = await new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret));
  return new SyncClient({ serverUrl: `http://localhost:${port}`, token, logger: silentLogger });
}

async function add(client: SyncClient, id: string): Promise<void> {
  const synced = new Promise<void>((resolve) => client.onEntitySyncSuccess('todos', id, resolve));
  await client.insert('todos', { id });
  await synced;
}

function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.skipIf(!isLmdbThere)('the durable server', () => {
  test('goes on from its log after SIGTERM, and after it was killed', async () => {
    const path = folder();
    const first = await start(path);
    expect(first.lines[0]).toMatch(/^keeps its log in \/.+\/kept, at version 0$/u);
    const writer = await connect(first.port);
    await add(writer, 'first');
    await writer.endSession();
    expect(await first.end('SIGTERM')).toBe(0);
    expect(first.lines.at(-1)).toBe('closed');

    const second = await start(path);
    expect(second.lines[0]).toMatch(/at version 1$/u);
    const other = await connect(second.port);
    await add(other, 'second');
    await other.endSession();
    expect(await second.end('SIGKILL')).toBeNull();

    const third = await start(path);
    const reader = await connect(third.port);
    const rows = await reader.fetch({ collection: 'todos', where: [], order: [['id', 'ASC']] });
    await reader.endSession();
    expect(rows.map(({ id }) => id)).toEqual(['first', 'second']);
    const refused = run(path, '0');
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^durable-server: .+ is in use: one process may open it at a time\.\n$/u),
    });
    expect(await third.end('SIGTERM')).toBe(0);
  });

  test('tells its usage, and what it cannot take in one line', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: '), stderr: '' });
    for (const words of [['a', '99999'], ['a', '1', 'b'], ['--frob']])
      expect(run(...words)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^durable-server: .+\n$/u) });
  });
});
