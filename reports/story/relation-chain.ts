/** The chain of a relation: one script, run twice with a difference that must not matter, and what each of the two came to. */

import { sayStep } from '../../properties/scripts/words.ts';
import type { Failure } from '../../properties/trace.ts';
import { textOf } from '../../properties/trace-line.ts';
import type { PlacedLink } from './links.ts';
import type { Told } from './told.ts';

const stepsTold = 3;

interface Placed {
  readonly place: number;
  readonly sentence: string;
}

export function relationLinks(told: readonly Told[], failure: Failure): readonly PlacedLink[] {
  const seam = told.findIndex(({ event }) => event.event === 'twin');
  const twin = told[seam]?.event;
  const difference = twin?.event === 'twin' ? textOf(twin) : 'the same again';
  const links: readonly Placed[] = [
    { place: 0, sentence: 'The script is run twice, with a difference that must not matter.' },
    { place: endOf(told, failure, 0) ?? 0, sentence: `In the first run ${sayEnd(failure, failure.allowed.join(', or '))}.` },
    { place: seam, sentence: `The second run is ${difference}.` },
    ...newSteps(told),
    { place: endOf(told, failure, 1) ?? seam, sentence: `In the second run ${sayEnd(failure, failure.shown)}.` },
  ];
  return links.map((link) => ({ ...link, brief: link.sentence })).sort((left, right) => left.place - right.place);
}

/** The steps that the second run has and the first has not. */
function newSteps(told: readonly Told[]): readonly Placed[] {
  const first = told.flatMap(({ twin, begins }) => (twin > 0 || begins === null ? [] : [sayStep(begins)]));
  return told
    .flatMap(({ twin, begins, event }, place): Placed[] => {
      if (twin === 0 || begins === null) return [];
      const words = sayStep(begins);
      const at = first.indexOf(words);
      if (at >= 0) first.splice(at, 1);
      return at >= 0 ? [] : [{ place, sentence: `Only there, in step ${event.step + 1}, ${words}.` }];
    })
    .slice(0, stepsTold);
}

interface Named {
  readonly client: string | undefined;
  readonly subscription: string | undefined;
}

/** `c1/q2 showed something else in the end` */
function namedIn(message: string): Named {
  const [, client, subscription] = /\b(c[1-9]\d*)\/(\S+)/u.exec(message) ?? [];
  return { client: client ?? /\bc[1-9]\d*\b(?!.*\bc[1-9]\d*\b)/u.exec(message)?.[0], subscription };
}

function sayEnd({ message }: Failure, came: string): string {
  const { client, subscription } = namedIn(message);
  const who = client === undefined ? 'it' : subscription === undefined ? client : `${subscription} of ${client}`;
  return `${who} comes to this in the end: ${came === '' ? 'nothing' : came}`;
}

/** Where in that run it was shown last, before all sessions end. */
function endOf(told: readonly Told[], { message }: Failure, twin: number): number | null {
  const { client, subscription } = namedIn(message);
  const shown = told.findLastIndex(
    ({ action, ...one }) =>
      one.twin === twin &&
      action?.kind === 'observed' &&
      action.client === client &&
      (subscription === undefined
        ? action.observation.saw === 'status' && action.observation.status !== 'UNINITIALIZED'
        : action.observation.saw === 'results' && action.observation.subscription === subscription),
  );
  return shown < 0 ? null : shown;
}
