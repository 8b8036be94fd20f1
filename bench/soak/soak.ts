/**
 * `npm run soak`: attacks of clients that speak lawfully and mean harm, each on a server in a process of its own, over real
 * sockets, beside an honest client. What is judged does not depend on time: the server lives, the honest client keeps its connection, and
 * the heap comes back. Times are reported.
 */
import { parseArgs } from 'node:util';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { defaultBounds } from '../../sut/protocol/bounds.ts';
import { leaveAll } from './attacker.ts';
import { type Attack, attacks } from './attacks.ts';
import type { Figures } from './figures.ts';
import { type Keys, makeKeys } from './keys.ts';
import { startServer } from './server-under-attack.ts';
import { startVictim, type Victim } from './victim.ts';

const help = `Usage: npm run soak [-- options]

Attacks our server over real sockets, one attack after the other, each on a fresh process, while an honest client writes. Fails if the
server ends, if the honest client loses its connection, if more waits to be sent than its bound allows, or if the heap is more than 10 % and 4 MB above what it was before.

  --only WORDS  only the attacks whose name holds these words
  --seconds N   how long attacks last that have no end of their own (10)
  --help        prints this

Example: npm run soak -- --only pattern
`;

interface Outcome {
  readonly attack: Attack;
  readonly end: string;
  readonly slowestMs: number;
  readonly before: Figures;
  readonly after: Figures;
  readonly complaints: readonly string[];
}

const heapSpareBytes = 4_000_000;
/** What may wait for one connection, the frame that goes over that, and what waits for others. */
const mostBufferedBytes = defaultBounds.queueBytesMax + 2_000_000;
const rowsAtOnce = 1_000;

async function insertRows(victim: Victim, count: number): Promise<void> {
  for (let from = 0; from < count; from += rowsAtOnce) {
    const until = Math.min(count, from + rowsAtOnce);
    await victim.insertMany(Array.from({ length: until - from }, (_, at) => ({ id: `row ${from + at}`, text: `short ${from + at}` })));
  }
}

async function carryOut(attack: Attack, keys: Keys, lastingMs: number): Promise<Outcome> {
  const server = await startServer(keys.keySet);
  const victim = await startVictim(server.port, await keys.token('honest'));
  try {
    await insertRows(victim, attack.rows ?? 0);
    await victim.write(50);
    victim.slowestMs();
    const before = await server.figures();
    let end = '';
    await victim.writeDuring(
      attack.run({ port: server.port, keys, victim, lastingMs }).then((how) => {
        end = how;
      }),
    );
    const slowestMs = victim.slowestMs();
    const during = await server.figures();
    leaveAll();
    await victim.write(20);
    const after = { ...(await server.figures()), stallMs: during.stallMs, peakBytes: during.peakBytes };
    return {
      attack,
      end,
      slowestMs,
      before,
      after,
      complaints: complaintsAbout(victim, before, { ...after, peakBufferedBytes: during.peakBufferedBytes }),
    };
  } finally {
    await victim.end();
    await server.end();
  }
}

function complaintsAbout(victim: Victim, before: Figures, after: Figures): readonly string[] {
  const mostBytes = before.heapBytes * 1.1 + heapSpareBytes;
  return [
    ...(victim.losses() === 0 ? [] : [`the honest client lost its connection ${victim.losses()} times`]),
    ...(after.peakBufferedBytes <= mostBufferedBytes ? [] : [`${megabytes(after.peakBufferedBytes)} MB waited to be sent`]),
    ...(after.heapBytes <= mostBytes ? [] : [`the heap is at ${megabytes(after.heapBytes)} MB, and was at ${megabytes(before.heapBytes)}`]),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function row({ attack, end, slowestMs, before, after }: Outcome): readonly string[] {
  const { heapBytes, stallMs, keyFetches } = after;
  const heap = `${megabytes(before.heapBytes)} → ${megabytes(heapBytes)}`;
  return [attack.name, end.slice(0, 60), slowestMs.toFixed(0), stallMs.toFixed(0), heap, megabytes(after.peakBytes), `${keyFetches}`];
}

const columns: readonly Column[] = [
  { title: 'attack', align: 'left' },
  { title: 'how it ended', align: 'left' },
  { title: 'slowest honest write, ms', align: 'right' },
  { title: 'longest stall, ms', align: 'right' },
  { title: 'heap, MB', align: 'right' },
  { title: 'at most, MB', align: 'right' },
  { title: 'key fetches', align: 'right' },
];

/** Throws for what is no option. */
function readWords(): { readonly only: string; readonly lastingMs: number; readonly asksHelp: boolean } {
  const options = { only: { type: 'string', default: '' }, seconds: { type: 'string', default: '10' }, help: { type: 'boolean' } } as const;
  const { only, seconds, help: asksHelp = false } = parseArgs({ options }).values;
  if (!/^[1-9]\d{0,4}$/u.test(seconds)) throw new TypeError(`--seconds is a whole number from 1 up, not ${seconds}`);
  if (!attacks.some(({ name }) => name.includes(only))) throw new TypeError(`no attack has "${only}" in its name`);
  return { only, lastingMs: Number(seconds) * 1_000, asksHelp };
}

async function soak(only: string, lastingMs: number): Promise<number> {
  const keys = await makeKeys();
  const outcomes: Outcome[] = [];
  for (const attack of attacks.filter(({ name }) => name.includes(only))) {
    process.stderr.write(`${attack.name}\n`);
    outcomes.push(await carryOut(attack, keys, lastingMs));
  }
  process.stdout.write(`${tableText(columns, outcomes.map(row))}\n`);
  for (const { attack, complaints } of outcomes) for (const complaint of complaints) process.stdout.write(`${attack.name}: ${complaint}\n`);
  return outcomes.every(({ complaints }) => complaints.length === 0) ? 0 : 1;
}

try {
  const { only, lastingMs, asksHelp } = readWords();
  if (asksHelp) process.stdout.write(help);
  else process.exitCode = await soak(only, lastingMs);
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`soak: ${error.message}\n`);
  process.exitCode = 2;
}
