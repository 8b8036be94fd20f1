/** Tells how fast the packages are under the suite. */
import { say, thousands, times } from '../tell.ts';
import { measurePublished } from './measure.ts';

/** By the same scripts as our own client and server; where the packages are not installed, how they come. */
export async function tellPackages(seed: number): Promise<void> {
  const figures = await measurePublished(seed);
  if (figures === null) {
    console.log('the published packages are not installed: lockstep published install does that');
    return;
  }
  const { scripts, drawn, restless, rounds, ours, published, sockets } = figures;
  const rate = ({ seconds }: { readonly seconds: number }): number => scripts / seconds;
  console.log(`The published packages: ${scripts} scripts (of ${drawn} drawn), one core, medians of ${rounds} rounds\n`);
  say('our own, scripts a second', rate(ours), `${thousands(ours.steps / ours.seconds)} lockstep steps a second`);
  say(
    'published, scripts a second',
    rate(published),
    `${thousands(published.steps / published.seconds)} lockstep steps a second; ${times(rate(published), rate(ours))} of our own`,
  );
  say(
    'the same in real time',
    rate(sockets),
    `over real sockets, not judged, one round; ${thousands(sockets.steps / sockets.seconds)} steps and messages a second; ${times(rate(sockets), rate(published))} of virtual time`,
  );
  if (restless > 0) console.log(`left out: ${restless} scripts of which a step did not come to rest in real time`);
}
