/** What was shown beside the nearest of what was allowed, word by word. */
import { diffWordsWithSpace } from 'diff';
import type { DifferencePart } from './story.ts';

/** Texts that differ more than this are no variants of one another; the bound also keeps the comparison short. */
const mostEdits = 400;

/** Empty where nothing is to be compared: nothing was allowed, or no word is common. */
export function differenceOf(allowed: readonly string[], shown: string): readonly DifferencePart[] {
  const [nearest] = allowed
    .map((possibility) => partsOf(possibility, shown))
    .filter((parts) => parts.some((part) => part.in === 'both' && /\p{L}|\p{N}/u.test(part.text)))
    .map((parts) => ({ parts, distance: distanceOf(parts) }))
    .sort((left, right) => left.distance - right.distance);
  return nearest?.parts ?? [];
}

function partsOf(possibility: string, shown: string): readonly DifferencePart[] {
  const changes = diffWordsWithSpace(possibility, shown, { maxEditLength: mostEdits }) ?? [];
  return changes.map(({ added, removed, value }) => ({ in: added ? 'shown' : removed ? 'allowed' : 'both', text: value }));
}

function distanceOf(parts: readonly DifferencePart[]): number {
  return parts.reduce((sum, part) => (part.in === 'both' ? sum : sum + part.text.length), 0);
}
