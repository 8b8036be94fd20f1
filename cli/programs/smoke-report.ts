/** What the smoke profile came to, as a table for people. */

import { complaintsAbout, isNew, mostNewDying, type SmokeResult, smokeRuns } from '../../properties/faults/smoke.ts';
import { tableOf } from './program.ts';

/** The faults that die in it, the new ones last, and what speaks against them. */
export function smokeText(results: readonly SmokeResult[]): string {
  const planted = results.flatMap(({ fault, died }) => (fault === null ? [] : [{ fault, died }]));
  const dying = planted.flatMap(({ fault, died }) => (died === null ? [] : [{ fault, died }]));
  const ordered = [...dying.filter(({ fault }) => !isNew(fault)), ...dying.filter(({ fault }) => isNew(fault))];
  const rows = ordered.map(({ fault, died }) => [fault.name, fault.rule, `run ${died.run}, ${died.rule}`, isNew(fault) ? 'new' : '']);
  const fresh = planted.filter(({ fault }) => isNew(fault));
  const complaints = complaintsAbout(results);
  return [
    tableOf({ fault: 'left', rule: 'left', died: 'left', new: 'left' }, rows),
    '',
    `${dying.length} of ${planted.length} faults die in ${smokeRuns} sequential runs of one client; ` +
      `of the ${fresh.length} new ones ${fresh.filter(({ died }) => died !== null).length}, of which ${mostNewDying} may`,
    ...(complaints.length === 0 ? ['None of it is too easy.'] : complaints),
  ].join('\n');
}
