/**
 * Sharing on = sharing off (H4). Nothing is switched in the server: in the right script each subscription also asks
 * for a clause that every row meets and nobody else has, so that no two normal forms are equal.
 *
 * Precondition: none but the same decisions in the same order. Times are the same in both; only the number of frames
 * differs, which may reorder writes where frames are let through by count. In both scripts half of the subscriptions
 * ask for what an earlier one asked, since chance alone seldom makes two share.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { Script } from '../scripts/script.ts';
import { commandsOf } from '../shrinking/walk.ts';
import { compareClients } from './compare.ts';
import { withEnding } from './ending.ts';
import { drawnFor } from './preferred.ts';
import type { Relation } from './relation.ts';
import { tamed, withQueries } from './taming.ts';

/** The query with the same meaning and a normal form of its own. */
export function apart(query: Query, number: number): Query {
  return { ...query, where: [...query.where, ['id', '!=', `no such id ${number}`]] };
}

function withTwinQueries(script: Script, salt: number): Script {
  const queries: Query[] = [];
  return withQueries(script, ({ subscription, query }) => {
    const earlier = queries.findLast(() => drawnFor(salt, subscription) % 2 === 0);
    if (earlier === undefined) queries.push(query);
    return earlier ?? query;
  });
}

function withoutSharing(script: Script): Script {
  let count = 0;
  return withQueries(script, ({ query }) => {
    count += 1;
    return apart(query, count);
  });
}

export const sharingOff: Relation = {
  name: 'sharing-off',
  sentence: 'Subscriptions that share a group show what they would show each on its own.',
  rules: ['H4', 'H1'],
  twinOf: (script, salt) => {
    const left = withTwinQueries(tamed(script), salt);
    const subscribes = left.steps.flatMap(commandsOf).filter((command) => command.do === 'subscribe');
    if (subscribes.length < 2) return null;
    return { left: withEnding(left), right: withEnding(withoutSharing(left)), difference: 'no two subscriptions sharing a group' };
  },
  compare: (left, right) => {
    // One of a half-open line and of its successor is one subscription still.
    const shared = right.groups.find((members) => new Set(members).size > 1);
    if (shared === undefined) return compareClients('H4', left, right);
    return {
      rule: 'H1',
      shape: 'shared',
      message: 'subscriptions with different normal forms shared a group',
      allowed: ['a group for each'],
      shown: shared.join(', '),
    };
  },
};
