/** All damages, over everything that is observed of the system. */
import { damagesOfWhatIsCarried } from './carried.ts';
import type { Damage } from './damage.ts';
import { damagesOfWhatIsDone } from './done.ts';
import { damagesOfWhatIsShown } from './shown.ts';

export const damages: readonly Damage[] = [...damagesOfWhatIsShown, ...damagesOfWhatIsDone, ...damagesOfWhatIsCarried];
