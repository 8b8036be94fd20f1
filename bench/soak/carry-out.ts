/**
 * One attack on a server of its own, beside an honest client, and what is held against the server. Nothing of it depends on how fast the
 * machine is: the stall counts the time that the process was at work, and is held against a fixed piece of work of that same process.
 */
import { defaultBounds } from '../../sut/protocol/bounds.ts';
import { EndingError } from '../interruption.ts';
import { asked, enter, leaveAll, newSecret, subscribeFrame, writeFrame, written } from './attacker.ts';
import type { Attack, Ended, Field } from './attacks/attack.ts';
import type { Figures } from './figures.ts';
import type { Keys } from './keys.ts';
import { type ServerUnderAttack, startServer } from './server-under-attack.ts';
import { setupOf } from './setups.ts';
import { startVictim, type Victim } from './victim.ts';

export interface Circumstances {
  readonly keys: Keys;
  readonly lastingMs: number;
  /** Of CPU, at most, that the event loop may stand still: so many times as long as the reference takes (`reference.ts`). */
  readonly stallMost: number;
  readonly frames: number;
  readonly seed: number;
  /** Rejects when there was a signal to end. */
  readonly ending: Promise<never>;
  readonly onProgress: (text: string) => void;
}

/** What was measured; absent where the server was gone before. */
export interface Measured {
  readonly slowestHonestMs: number;
  readonly losses: number;
  readonly before: Figures;
  /** While the attacker was still there. */
  readonly during: Figures;
  readonly after: Figures;
}

export interface Outcome {
  readonly name: string;
  readonly how: string;
  readonly measured: Measured | undefined;
  readonly complaints: readonly string[];
}

const heapShareMost = 1.1;
/** What a runtime keeps of code that it has seen for the first time. */
const heapSpareBytes = 1_000_000;
/** What may wait for one connection, the frame that goes over that, and what waits for others. */
const mostBufferedBytes = defaultBounds.queueBytesMax + 2_000_000;
const heldMegabytesMost = 64;
/** To make a megabyte text, join and send it, as a share of the reference. */
const stallOfOwedMegabyte = 0.5;
const rowsAtOnce = 500;
/** For attacks that never end: an event loop that stands still for good is no reason to wait for good. */
const attackLimitMs = 600_000;
const looksMost = 200;

async function insertRows(victim: Victim, count: number): Promise<void> {
  for (let from = 0; from < count; from += rowsAtOnce) {
    const length = Math.min(count - from, rowsAtOnce);
    await victim.insertMany(
      'hoard',
      Array.from({ length }, (_, at) => ({ id: `row ${from + at}`, text: `short ${from + at}` })),
    );
  }
}

/** Each way of being answered once or twice, so that what is measured after it is not what the first of each brings. */
async function acquaint({ port, keys }: Field): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const secret = newSecret();
    const connection = await enter(port, await keys.token('acquaintance'), secret);
    await asked(
      connection,
      subscribeFrame(
        's',
        [
          {
            mod: 'or',
            filters: [
              ['text', 'like', 'short%'],
              ['size', '=', 1],
            ],
          },
        ],
        { limit: 3 },
      ),
    );
    await written(
      connection,
      writeFrame(1, [{ kind: 'insert', collection: 'hoard', id: 'passing', attributes: { id: 'passing', text: 'a' } }]),
    );
    await written(connection, writeFrame(2, [{ kind: 'delete', collection: 'hoard', id: 'passing', generation: 'no longer' }]));
    connection.sayText('nonsense');
    await connection.closed;
  }
}

/** Until those who left are gone for the server too. */
async function figuresOnceGone(server: ServerUnderAttack, victim: Victim, connections: number): Promise<Figures> {
  let figures = await server.figures();
  for (let look = 0; look < looksMost && figures.connections > connections; look += 1) {
    await victim.write(1);
    figures = await server.figures();
  }
  return figures;
}

function afterLimit(): { readonly over: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${attackLimitMs / 1_000} s`)), attackLimitMs);
  });
  over.catch(() => {});
  return { over, cancel: () => clearTimeout(timer) };
}

/** Throws EndingError when there was a signal to end. */
export async function carryOut(attack: Attack, circumstances: Circumstances): Promise<Outcome> {
  const { keys, ending } = circumstances;
  const server = await startServer(setupOf(attack.setup ?? 'open', keys));
  const victim = await startVictim(server.port, await keys.token('honest'));
  const limit = afterLimit();
  try {
    const outcome = measure(attack, circumstances, server, victim);
    outcome.catch(() => {});
    return await Promise.race([outcome, server.gone, limit.over, ending]);
  } catch (error) {
    // Nobody waits for a server that stands still.
    if (error instanceof EndingError) server.kill();
    if (error instanceof EndingError || !(error instanceof Error)) throw error;
    return { name: attack.name, how: error.message, measured: undefined, complaints: [error.message] };
  } finally {
    limit.cancel();
    leaveAll();
    await victim.end();
    await server.end();
  }
}

async function measure(attack: Attack, circumstances: Circumstances, server: ServerUnderAttack, victim: Victim): Promise<Outcome> {
  const field: Field = { ...circumstances, port: server.port, victim, look: server.look };
  if (attack.isFollowed === true) victim.follow('hoard');
  await insertRows(victim, attack.rows ?? 0);
  await acquaint(field);
  await attack.warmUp?.(field);
  await victim.write(50);
  victim.slowestMs();
  const before = await figuresOnceGone(server, victim, 1);
  let ended: Ended = { how: 'it was not carried out' };
  await victim.writeDuring(
    attack.run(field).then((how) => {
      ended = how;
    }),
  );
  const slowestHonestMs = victim.slowestMs();
  const during = await server.figures();
  leaveAll();
  await victim.write(20);
  const after = await figuresOnceGone(server, victim, 1);
  const measured: Measured = { slowestHonestMs, losses: victim.losses(), before, during, after };
  const complaints = [...(ended.complaints ?? []), ...complaintsAbout(attack, circumstances.stallMost, measured)];
  return { name: attack.name, how: ended.how, measured, complaints };
}

/** What is held against the server, whatever the attack was. */
export function complaintsAbout(
  attack: Pick<Attack, 'heldMegabytesMost' | 'owedMegabytes'>,
  stallMost: number,
  { losses, before, during, after }: Measured,
): readonly string[] {
  const heldMegabytes = attack.heldMegabytesMost ?? heldMegabytesMost;
  const held = during.heapBytes - before.heapBytes;
  const [firstError] = after.errors;
  const owed = attack.owedMegabytes ?? 0;
  const stallMostMs = (stallMost + owed * stallOfOwedMegabyte) * referenceOf(before, during);
  const judged: readonly (readonly [isFine: boolean, complaint: string])[] = [
    [losses === 0, `the honest client lost its connection ${losses} times`],
    [during.peakBufferedBytes <= mostBufferedBytes + owed * 1e6, `${megabytes(during.peakBufferedBytes)} MB waited to be sent`],
    [held <= heldMegabytes * 1e6, `it held ${megabytes(held)} MB for the attacker, not ${heldMegabytes} at most`],
    [
      after.heapBytes <= before.heapBytes * heapShareMost + heapSpareBytes,
      `the heap is at ${megabytes(after.heapBytes)} MB, and was at ${megabytes(before.heapBytes)}`,
    ],
    [after.connections <= before.connections, `${after.connections} connections are left, ${before.connections} were there before`],
    [after.handles <= before.handles, `${after.handles} handles are left, ${before.handles} were there before`],
    [
      during.stallCpuMs <= stallMostMs,
      `it stood still for ${during.stallCpuMs.toFixed(0)} ms of CPU, not ${stallMostMs.toFixed(0)} at most`,
    ],
    [firstError === undefined, `the server logged an error: ${firstError}`],
  ];
  return judged.flatMap(([isFine, complaint]) => (isFine ? [] : [complaint]));
}

/** Before the attack and after it: the machine may have had more to do meanwhile. */
export function referenceOf(before: Figures, during: Figures): number {
  return Math.max(before.referenceMs, during.referenceMs);
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
