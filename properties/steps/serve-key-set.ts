/** From now on the server of the key set answers so, until somebody says something else or the world heals (S11). */
import { type KeySetAnswer, keySetAnswers, keySetWords } from '../language/key-sets.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, ofNobody } from './step.ts';

export const serveKeySet = defineStep(object({ do: choice(['serveKeySet']), answer: choice(keySetAnswers) }))({
  ...ofNobody,
  needs: () => ['keySets'],
  say: ({ answer }) => `the key set is served ${keySetWords[answer]}`,
  mark: ({ answer }) => ({ process: 'server', title: `its key set is served ${keySetWords[answer]}` }),
  swarm: { weight: 12, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.keys === null ? 0 : 12),
  generate: ({ chance, forecast }) => ({ do: 'serveKeySet', answer: chance.pick(others(forecast.keys?.answer)) }),
  apply: ({ keys }, { answer }) => {
    if (keys !== null) keys.answer = answer;
  },
  *shrink(step) {
    const [plainest] = keySetAnswers;
    if (step.answer !== plainest) yield [{ ...step, answer: plainest }];
  },
  oddity: ({ answer }) => keySetAnswers.indexOf(answer),
  concerns: () => null,
  strike: () => null,
  perform: ({ mint }, { answer }) => meant(mint.serve(answer)),
});

function others(served: KeySetAnswer | undefined): readonly KeySetAnswer[] {
  return keySetAnswers.filter((answer) => answer !== served);
}
