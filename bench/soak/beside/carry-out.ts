/** One attack on the published server, in a process of its own and within a limit. Nothing is judged: it is told what happened. */
import { randomBytes } from 'node:crypto';
import { EndingError } from '../../interruption.ts';
import { pause } from '../attacks/attack.ts';
import { type Circumstances, megabytes } from '../carry-out.ts';
import type { ProcessFigures } from '../figures.ts';
import { ServerGoneError, type ServerUnderAttack, startProcess } from '../server-under-attack.ts';
import { guardedSchema } from '../setups.ts';
import { insertRows, type PublishedAttack, type PublishedField, tokenOf } from './attack.ts';
import { publishedAttacks } from './attacks.ts';
import type { PublishedSetup } from './setup.ts';
import { type HonestWire, leaveAll, startHonest } from './wire.ts';

export type PublishedOutcome =
  | { readonly outcome: 'not applicable'; readonly why: string }
  /** It was given up: the server did not come back in time, or its process ended. */
  | { readonly outcome: 'gone'; readonly how: string }
  | {
      readonly outcome: 'measured';
      readonly how: string;
      readonly slowestHonestMs: number;
      readonly isHonestLost: boolean;
      readonly before: ProcessFigures;
      readonly during: ProcessFigures;
    };

const limitMs = 60_000;
/** After that, how long it may take to say how it is. */
const answerMs = 10_000;

class LimitError extends Error {}

/** Throws EndingError when there was a signal to end. */
export async function carryOutBeside(name: string, set: string, circumstances: Circumstances): Promise<PublishedOutcome> {
  const attack = publishedAttacks[name];
  if (attack === undefined) return { outcome: 'not applicable', why: 'nobody has looked' };
  if ('notApplicable' in attack) return { outcome: 'not applicable', why: attack.notApplicable };
  const jwtSecret = randomBytes(32).toString('hex');
  const setup: PublishedSetup = { set, jwtSecret, ...(attack.setup === 'guarded' && { schema: guardedSchema }) };
  const server = await startProcess<ProcessFigures>('beside/server-process.ts', setup, 'ignore');
  const limit = afterLimit();
  try {
    const outcome = measure(attack, jwtSecret, server, circumstances);
    outcome.catch(() => {});
    return await Promise.race([outcome, server.gone, limit.over, circumstances.ending]);
  } catch (error) {
    if (error instanceof EndingError) throw error;
    if (error instanceof ServerGoneError) return { outcome: 'gone', how: 'its process ended' };
    if (error instanceof LimitError) return { outcome: 'gone', how: `not over after ${limitMs / 1_000} s: ${await sayState(server)}` };
    throw error;
  } finally {
    limit.cancel();
    leaveAll();
    server.kill();
  }
}

/** Whether it is at work, or stands still. */
async function sayState(server: ServerUnderAttack<ProcessFigures>): Promise<string> {
  const figures = server.look().then(({ stallCpuMs, heapBytes }) => {
    return `it goes on, longest stall ${stallCpuMs.toFixed(0)} ms, heap ${megabytes(heapBytes)} MB`;
  });
  figures.catch(() => {});
  return Promise.race([figures, pause(answerMs).then(() => 'it stands still')]);
}

function afterLimit(): { readonly over: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LimitError()), limitMs);
  });
  over.catch(() => {});
  return { over, cancel: () => clearTimeout(timer) };
}

async function measure(
  attack: PublishedAttack,
  jwtSecret: string,
  server: ServerUnderAttack<ProcessFigures>,
  { lastingMs, frames, seed }: Circumstances,
): Promise<PublishedOutcome> {
  const honest: HonestWire = await startHonest(server.port, tokenOf(jwtSecret, 'honest'));
  await insertRows(honest.wire, attack.rows ?? 0);
  await honest.write(50);
  const before = await server.figures();
  const field: PublishedField = { port: server.port, jwtSecret, honest, look: server.look, lastingMs, frames, seed };
  let how = '';
  await honest.writeDuring(
    attack.run(field).then((said) => {
      how = said;
    }),
  );
  const during = await server.figures();
  return { outcome: 'measured', how, slowestHonestMs: honest.slowestMs(), isHonestLost: honest.isLost(), before, during };
}
