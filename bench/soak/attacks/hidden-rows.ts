/**
 * A filter on rows that may not be read. Time would tell whether it held, if the filter were tried on them; so the work is counted, and is
 * to be the same for a guess that is right and for one that is wrong.
 */
import { asked } from '../attacker.ts';
import { measuredPrefix } from '../figures.ts';
import { type Attack, intruder, letters, unless } from './attack.ts';

const rows = 2_000;
const rowsAtOnce = 500;

export const hiddenRowAttacks: readonly Attack[] = [
  {
    name: 'filters on 2,000 rows that may not be read',
    setup: 'guarded',
    run: async (field) => {
      for (let from = 0; from < rows; from += rowsAtOnce)
        await field.victim.insertMany(
          'vault',
          Array.from({ length: rowsAtOnce }, (_, at) => ({ id: `v${from + at}`, owner: 'honest', secret: letters(200) })),
        );
      const connection = await intruder(field);
      const guesses = { right: 'a%a%a%a%a%', wrong: 'b%', length: '%a' };
      const answers: string[] = [];
      for (const [name, guess] of Object.entries(guesses)) {
        const subscription = `${measuredPrefix}${name}`;
        const query = { collection: 'vault', where: [['secret', 'like', guess]], order: [] };
        answers.push(await asked(connection, { type: 'subscribe', subscription, query }));
      }
      const { compared } = await field.look();
      const counts = Object.keys(guesses).map((name) => compared[`${measuredPrefix}${name}`]);
      const isSame = counts.every((count) => count !== undefined && count === counts[0]);
      return {
        how: `${answers.length} guesses, ${counts.join(', ')} comparisons`,
        complaints: unless(isSame, `guesses cost ${counts.join(', ')} comparisons`),
      };
    },
  },
];
