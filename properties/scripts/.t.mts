import { drawnOf } from './generate.ts';
import { formatScript, parseScript } from './parse.ts';
import { sayStep } from './words.ts';

let t = performance.now();
for (let i = 0; i < 300; i++) drawnOf(7, i);
console.log('first 300 ms', performance.now() - t);
t = performance.now();
let steps = 0;
const kinds: Record<string, number> = {};
const recipes: Record<string, number> = {};
for (let i = 0; i < 1000; i++) {
  const d = drawnOf(7, i);
  steps += d.script.steps.length;
  for (const s of d.script.steps) kinds[s.do] = (kinds[s.do] ?? 0) + 1;
  for (const r of d.recipes) recipes[r] = (recipes[r] ?? 0) + 1;
}
console.log('1000 ms', performance.now() - t, steps / 1000, kinds, recipes);
for (const r of [0, 1, 2, 3]) {
  const d = drawnOf(7, r);
  console.log('---', d.script.profile, d.recipes.join());
  console.log(JSON.stringify(d.script.configuration.clients), d.script.configuration.authentication);
  d.script.steps.forEach((s, i) => console.log(i + 1, sayStep(s)));
}
console.log(formatScript(drawnOf(7, 1).script).slice(0, 3000));
