/** `npm run bench:start-up`: what a start costs after a million writes to a hundred rows, beside the same with a hundred writes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sayNumber } from '../../reports/terminal/text.ts';
import { type Filled, fill } from './fill.ts';
import type { Started } from './start.ts';

const help = `Usage: npm run bench:start-up [-- --folder DIR]

Fills two logs on LMDB, one with 1,000,000 writes to 100 rows and one with 100 writes, as a server does, and starts a server on each in a process of
its own, three times. It tells what the log held then, how long the start took, and how much memory is used after it.

  --folder DIR  where the logs are kept meanwhile: a folder on the disk that is meant (the system's for temporary files)
  --help        prints this

Example: npm run bench:start-up -- --folder /var/tmp
`;

const rows = 100;
const starts = 3;
const mebibyte = 1_048_576;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}

const at = process.argv.indexOf('--folder');
const root = mkdtempSync(join(at < 0 ? tmpdir() : (process.argv[at + 1] ?? tmpdir()), 'start-up-'));
try {
  for (const writes of [100, 1_000_000]) await measure(writes);
} finally {
  rmSync(root, { recursive: true });
}

async function measure(writes: number): Promise<void> {
  const folder = join(root, `${writes}`);
  const before = performance.now();
  const filled = await fill(folder, writes, rows);
  const tookMs = performance.now() - before;
  const all = Array.from({ length: starts }, () => start(folder));
  tell(writes, filled, tookMs, statSync(join(folder, 'data.mdb')).size, all);
}

function start(folder: string): Started {
  const program = fileURLToPath(new URL('start.ts', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', program, folder], { encoding: 'utf8' }));
}

function tell(writes: number, { batches, compactions }: Filled, tookMs: number, fileBytes: number, all: readonly Started[]): void {
  const [first] = all;
  if (first === undefined) return;
  const list = (of: (started: Started) => number): string => all.map((started) => of(started).toFixed(1)).join(', ');
  process.stdout.write(`${sayNumber(writes)} writes to ${rows} rows: ${sayNumber(batches)} batches, ${sayNumber(compactions)} compactions, in ${(tookMs / 1_000).toFixed(1)} s
  the log holds    ${first.rows} rows, ${first.writesRemembered} write ids and ${first.entries} entries; version ${sayNumber(first.version)}; ${(fileBytes / mebibyte).toFixed(1)} MiB
  a start takes    ${list(({ startMs }) => startMs)} ms
  heap after it    ${list(({ heapBytes }) => heapBytes / mebibyte)} MiB
  resident         ${list(({ residentBytes }) => residentBytes / mebibyte)} MiB
`);
}
