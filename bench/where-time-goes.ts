/** Where a stretch of work spends its time: self time by part of the house, sampled by the profiler of the runtime. */
import { Session } from 'node:inspector/promises';

/** The parts of the house, by a piece of the path; the first that fits counts. */
const parts: readonly (readonly [piece: string, part: string])[] = [
  ['/properties/generation/', 'generation of scripts'],
  ['/properties/generator/', 'generation of scripts'],
  ['/properties/worlds/', 'world'],
  ['/properties/', 'interpreter and checks'],
  ['/model/', 'model'],
  ['/sut/', 'client and server'],
  ['/node_modules/', 'libraries'],
  ['node:', 'runtime (promises, timers, crypto)'],
];

function partOf(url: string, name: string): string {
  if (name === '(garbage collector)') return 'garbage collection';
  if (name === '(idle)' || name === '(program)') return 'waiting for crypto, and the runtime itself';
  return parts.find(([piece]) => url.includes(piece))?.[1] ?? 'built-ins (JSON, maps, sorting)';
}

/** Runs `work` under the sampling profiler. The profiler itself slows it: take shares from here, never speeds. Shares are of all samples, 0 to 1. */
export async function whereTimeGoes(work: () => Promise<void>) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const samples = new Map<string, number>();
  let all = 0;
  for (const { callFrame, hitCount = 0 } of profile.nodes) {
    const part = partOf(callFrame.url, callFrame.functionName);
    samples.set(part, (samples.get(part) ?? 0) + hitCount);
    all += hitCount;
  }
  return [...samples].map(([part, hits]) => ({ part, share: hits / Math.max(1, all) })).sort((left, right) => right.share - left.share);
}
