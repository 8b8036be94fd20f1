/** `npm run bench`: how fast the suite is, beside the ceiling of the empty harness, and where the time goes. All in one process, on one core. */
import { measureEmptyHarness } from './empty-harness.ts';
import { measureSteps } from './steps.ts';
import { whereTimeGoes } from './where-time-goes.ts';

const seed = 7;
const rounds = 3;

function thousands(figure: number): string {
  return Math.round(figure).toLocaleString('en');
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

await measureSteps(seed, 200, 'simulated');
await measureEmptyHarness(20_000);
const ours: number[] = [];
const ceiling: number[] = [];
let commandShare = 0;
for (let round = 0; round < rounds; round += 1) {
  const rate = await measureSteps(seed, 500, 'simulated');
  ours.push(rate.stepsPerSecond);
  commandShare = rate.commands / rate.steps;
  ceiling.push((await measureEmptyHarness(200_000)).tasksPerSecond);
}
const sockets = await measureSteps(seed, 30, 'websocket');
const shares = await whereTimeGoes(async () => {
  await measureSteps(seed, 500, 'simulated');
});

console.log(`Node ${process.version}, one core, seed ${seed}, medians of ${rounds} rounds\n`);
console.log(
  `lockstep steps a second      ${thousands(median(ours)).padStart(9)}   (commands are ${(commandShare * 100).toFixed(0)} % of the steps)`,
);
console.log(
  `empty harness, tasks a second${thousands(median(ceiling)).padStart(9)}   (the ceiling: ${(median(ceiling) / median(ours)).toFixed(1)} ×)`,
);
console.log(
  `over real sockets            ${thousands(sockets.stepsPerSecond).padStart(9)}   (1 / ${(median(ours) / sockets.stepsPerSecond).toFixed(1)})\n`,
);
console.log('where the time goes (samples):');
for (const { part, share } of shares) console.log(`  ${part.padEnd(44)} ${(share * 100).toFixed(1).padStart(5)} %`);
