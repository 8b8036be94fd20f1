/** All attacks, in the order in which they are carried out: those of what one client says, then those of how it says it. */
import type { Attack } from './attack.ts';
import { connectionAttacks } from './connections.ts';
import { hiddenRowAttacks } from './hidden-rows.ts';
import { mutatedFrameAttacks } from './mutated-frames.ts';
import { queryAttacks } from './queries.ts';
import { tokenAttacks } from './tokens.ts';
import { writeAttacks } from './writes.ts';

export const attacks: readonly Attack[] = [
  ...queryAttacks,
  ...writeAttacks,
  ...connectionAttacks,
  ...hiddenRowAttacks,
  ...tokenAttacks,
  ...mutatedFrameAttacks,
];
