/** All relations, in the order in which runs take turns with them. A test holds this list and the folder together. */
import { filterAlgebra } from './filter-algebra.ts';
import { lateSubscriber } from './late-subscriber.ts';
import { reconnected } from './reconnected.ts';
import { refreshInserted } from './refresh-inserted.ts';
import type { Relation } from './relation.ts';
import { sharingOff } from './sharing-off.ts';

export const relations: readonly Relation[] = [sharingOff, filterAlgebra, lateSubscriber, refreshInserted, reconnected];
