/**
 * Counts the flushes of a real server by what it asks of the operating system (strace): between two acknowledgements on one connection a flush of the log must
 * have ended, since a batch holds one write of a connection at most. Connections may share one. A kill cannot show that: what was written outlives its process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryClientStorage } from '../../sut/client/storage.ts';
import type { Complaint } from './judge.ts';
import type { Setting } from './round.ts';
import { runWriter } from './writer.ts';

export interface Flushes {
  /** That ended after the first acceptance. */
  readonly flushes: number;
  readonly acknowledgements: number;
  /** Acknowledgements that went out before their flush had ended. */
  readonly early: number;
}

const strace = '/usr/bin/strace';
const writers = ['a', 'b', 'c', 'd'] as const;
const callsOfEach = 25;
/** Long enough to see every frame of a packet. */
const shownBytes = 4_096;

/** Undefined where there is no strace here. */
export async function countFlushes({ processes, chance, folder, jwtSecret, token }: Setting): Promise<Flushes | undefined> {
  if (!existsSync(strace)) return undefined;
  const trace = join(folder, 'strace');
  const watched = [strace, '-f', '-qq', '-s', `${shownBytes}`, '-e', 'trace=fdatasync,fsync,write,writev,sendto,sendmsg', '-o', trace];
  const server = await processes.server({ folder: join(folder, 'flushed'), port: 0, jwtSecret }, watched);
  const collection = 'flushes';
  const ends = await Promise.all(
    writers.map((writer) =>
      runWriter({
        atOnce: 4,
        plan: { chance, collection, writer },
        serverUrl: `http://localhost:${server.port}`,
        token,
        storage: memoryClientStorage(),
        firstCall: 0,
        calls: callsOfEach,
        say: async () => {},
      }),
    ),
  );
  for (const end of ends) await end();
  await server.end();
  return flushesIn(readFileSync(trace, 'utf8').split('\n'));
}

const acceptance = String.raw`\"type\":\"accepted\"`;
const acknowledgement = String.raw`\"type\":\"acknowledged\"`;
/** A call that took its time is told in two lines: that it began, and that it ended. */
const socket = /\b(?:writev?|sendto|sendmsg)\((\d+),/u;
const endOfFlush = /(?:\bf(?:data)?sync\(\d+\)|<\.\.\. f(?:data)?sync resumed>.*\)?)\s+= 0$/u;

/** From the lines of strace, in their order. Where nobody was accepted there is nothing to count. */
export function flushesIn(lines: readonly string[]): Flushes {
  /** By socket: how many flushes had ended when it was last told something that counts. */
  const told = new Map<string, number>();
  let flushes = 0;
  let acknowledgements = 0;
  let early = 0;
  for (const line of lines) {
    const [, at = ''] = socket.exec(line) ?? [];
    if (line.includes(acceptance)) told.set(at, flushes);
    if (told.size === 0) continue;
    if (endOfFlush.test(line)) flushes += 1;
    for (let left = line.split(acknowledgement).length - 1; left > 0; left -= 1) {
      acknowledgements += 1;
      if (flushes === (told.get(at) ?? 0)) early += 1;
      told.set(at, flushes);
    }
  }
  return { flushes, acknowledgements, early };
}

export function complaintAbout({ early, acknowledgements }: Flushes): Complaint | null {
  const expected = writers.length * callsOfEach;
  if (early > 0) return { rule: 'W2', message: `${early} of ${acknowledgements} acknowledgements went out before the log was flushed` };
  return acknowledgements < expected ? { rule: 'W1', message: `${acknowledgements} acknowledgements were seen of ${expected}` } : null;
}
