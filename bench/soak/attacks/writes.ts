/** Writes that are large, that make something large, or that nobody allows. */
import { clientIdOf } from '../../../sut/protocol/client-id.ts';
import { asked, insertOf, newSecret, subscribeFrame, writeFrame, written } from '../attacker.ts';
import { type Attack, intruder, letters, sayCounts, unless } from './attack.ts';

/** As many updates of one attribute as a frame holds beside its row. */
function updatesOf(id: string, generation: string, count: number): readonly unknown[] {
  return Array.from({ length: count }, () => ({ kind: 'update', collection: 'hoard', id, generation, changes: { a1: 2 } }));
}

function wide(attributes: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: attributes }, (_, at) => [`a${at}`, 1]));
}

export const writeAttacks: readonly Attack[] = [
  {
    name: 'a row of 60,000 attributes, and 499 updates of one of 490 in a frame',
    run: async (field) => {
      const secret = newSecret();
      const generation = (sequence: number): string => `${clientIdOf(secret)}:${sequence}`;
      const connection = await intruder(field, secret);
      const over = await written(connection, writeFrame(1, [insertOf('hoard', 'w', wide(60_000))]));
      const within = await written(connection, writeFrame(2, [insertOf('hoard', 'w', wide(490)), ...updatesOf('w', generation(2), 499)]));
      const many = await written(connection, writeFrame(3, updatesOf('w', generation(2), 8_500)));
      return {
        how: `60,000 ${over}; 490 and 499 updates ${within}; 8,500 more ${many}`,
        complaints: [
          ...unless(over.startsWith('refused') && many.startsWith('refused'), 'what is over a bound is taken'),
          ...unless(within === 'taken', 'what is within all bounds is refused'),
        ],
      };
    },
  },
  {
    name: '560 updates that make one row larger and larger',
    isFollowed: true,
    run: async (field) => {
      const secret = newSecret();
      const connection = await intruder(field, secret);
      await asked(connection, subscribeFrame('s', []));
      await written(connection, writeFrame(1, [insertOf('hoard', 'grown', {})]));
      const ends: string[] = [];
      for (let sequence = 2; sequence <= 561; sequence += 1) {
        const changes = { [`part ${sequence % 40}`]: letters(sequence * 100) };
        const update = { kind: 'update', collection: 'hoard', id: 'grown', generation: `${clientIdOf(secret)}:1`, changes };
        ends.push(await written(connection, writeFrame(sequence, [update])));
      }
      return { how: sayCounts(ends) };
    },
  },
  {
    name: '200 writes without any right, 1 MB each',
    setup: 'guarded',
    heldMegabytesMost: 8,
    run: async (field) => {
      const connection = await intruder(field);
      const ends: string[] = [];
      for (let sequence = 1; sequence <= 200; sequence += 1)
        ends.push(
          await written(connection, writeFrame(sequence, [insertOf('annals', `refused ${sequence}`, { text: letters(1_000_000) })])),
        );
      return {
        how: sayCounts(ends),
        complaints: unless(
          ends.every((end) => end.startsWith('refused')),
          'a write without any right is not refused',
        ),
      };
    },
  },
];
