/**
 * A fixed piece of work by which stalls are judged. Machines differ threefold, and one machine from hour to hour; so the process that is attacked
 * does this work itself, before the attack and after it, and a stall is told as a multiple of it. It is text made, read and compared, which is
 * what a server spends its time on, and none of our own code, so that a change of that changes no measure.
 */
import { cpuMs } from './stalls.ts';

const rows = Array.from({ length: 1_000 }, (_, at) => ({
  id: `row ${at}`,
  size: at,
  done: at % 3 === 0,
  text: 'a text of some length '.repeat(4),
}));
/** So many times that it comes to about 50 ms on a quiet machine: to what one lawful frame may take there (H5). */
const rounds = 64;
const times = 3;

/** Of CPU, the middle one of a few. */
export function measureReference(): number {
  const [, middle = 0] = Array.from({ length: times }, once).sort((one, other) => one - other);
  return middle;
}

function once(): number {
  const beganMs = cpuMs();
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const read: unknown = JSON.parse(JSON.stringify(rows));
    if (!Array.isArray(read)) continue;
    for (const row of read)
      for (let attribute = 0; attribute < 20; attribute += 1) found += row.text === `${attribute}` || row.size === attribute ? 1 : 0;
  }
  return found > 0 ? cpuMs() - beganMs : Number.POSITIVE_INFINITY;
}
