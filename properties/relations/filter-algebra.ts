/**
 * A filter commuted, flattened, distributed, absorbed or doubled = the filter (Q1, H1). One of the five is done to
 * every subscription of the script; which one follows from the salt, and the next is taken where it has nothing to do.
 *
 * Precondition: the same decisions in the same order, and words that still fit into a frame (B1); what would grow
 * longer stays as it is. Other words for a filter may be another sharing group, and so another number of frames, which
 * may reorder writes where frames are let through by count.
 */
import type { Script } from '../scripts/script.ts';
import { compareClients } from './compare.ts';
import { withEnding } from './ending.ts';
import { drawnFor } from './preferred.ts';
import type { Relation } from './relation.ts';
import { type Rewrite, rewrites } from './rewrites.ts';
import { tamed, withQueries } from './taming.ts';

/** Far below what a frame may hold, whatever its characters weigh in bytes. */
const longestQueryCharacters = 4_000;

function rewritten(script: Script, { rewrite }: Rewrite): Script {
  return withQueries(script, ({ query }) => {
    const other = { ...query, where: rewrite('and', query.where) };
    return JSON.stringify(other).length > longestQueryCharacters ? query : other;
  });
}

export const filterAlgebra: Relation = {
  name: 'filter-algebra',
  sentence: 'Other words for the same filter select the same rows.',
  rules: ['Q1', 'H1'],
  twinOf: (script, salt) => {
    const left = tamed(script);
    const first = drawnFor(salt, 'rewrite') % rewrites.length;
    for (const rewrite of [...rewrites.slice(first), ...rewrites.slice(0, first)]) {
      const right = rewritten(left, rewrite);
      if (JSON.stringify(right) === JSON.stringify(left)) continue;
      return { left: withEnding(left), right: withEnding(right), difference: `every filter ${rewrite.name}`, variant: rewrite.name };
    }
    return null;
  },
  compare: (left, right) => compareClients('Q1', left, right),
};
