/** Queries that are dear to evaluate, or that are many. */
import { asked, insertOf, subscribeFrame, writeFrame, written } from '../attacker.ts';
import { type Attack, intruder, letters, sayCounts, unless } from './attack.ts';
import { almostFitting, atAllBounds, manyStatements } from './large-queries.ts';

export const queryAttacks: readonly Attack[] = [
  {
    name: 'a pattern that fits almost, on a row of 60,000 letters',
    run: async (field) => {
      const connection = await intruder(field);
      await written(connection, writeFrame(1, [insertOf('hoard', 'long', { text: letters(60_000) })]));
      const within = await asked(connection, subscribeFrame('within', [['text', 'like', almostFitting(84)]]));
      const over = await asked(connection, subscribeFrame('over', [['text', 'like', almostFitting(5_000)]]));
      for (let sequence = 2; sequence < 12; sequence += 1)
        await written(connection, writeFrame(sequence, [insertOf('hoard', 'long', { text: letters(60_000 + sequence) })]));
      return { how: `254 letters ${within}, 15,002 ${over}`, complaints: unless(over.startsWith('refused'), 'the long pattern is taken') };
    },
  },
  {
    name: 'a pattern of a million %, on 200 rows',
    rows: 200,
    run: async (field) => ({ how: await asked(await intruder(field), subscribeFrame('s', [['text', 'like', letters(1_000_000, '%')]])) }),
  },
  {
    name: '40,000 statements under 190 groups',
    run: async (field) => ({ how: await asked(await intruder(field), subscribeFrame('s', [manyStatements(40_000, 190)])) }),
  },
  {
    name: 'a list of 100,000 numbers',
    run: async (field) => ({
      how: await asked(await intruder(field), subscribeFrame('s', [['size', 'in', Array.from({ length: 100_000 }, (_, at) => at)]])),
    }),
  },
  {
    name: 'a query at all its bounds, on 2,000 rows',
    rows: 2_000,
    run: async (field) => {
      const connection = await intruder(field);
      const answer = await asked(connection, subscribeFrame('s', atAllBounds()));
      const writes: string[] = [];
      for (let sequence = 1; sequence <= 20; sequence += 1)
        writes.push(
          await written(connection, writeFrame(sequence, [insertOf('hoard', `r${sequence}`, { text: letters(100), size: sequence })])),
        );
      return { how: `${answer}, then writes: ${sayCounts(writes)}` };
    },
  },
  {
    name: '20,000 subscriptions on a connection, then 50 writes',
    rows: 200,
    run: async (field) => {
      const connection = await intruder(field);
      const followed = new Set<unknown>();
      const failed = new Set<unknown>();
      connection.listen(({ type, subscription }) => {
        if (type === 'answer') followed.add(subscription);
        if (type === 'subscriptionFailed') failed.add(subscription);
      });
      for (let at = 0; at < 20_000; at += 1) connection.say(subscribeFrame(`s${at}`, [['size', '!=', at]]));
      const pong = connection.next('pong');
      connection.say({ type: 'ping' });
      await pong;
      for (let sequence = 1; sequence <= 50; sequence += 1)
        await written(connection, writeFrame(sequence, [insertOf('hoard', 'row 1', { text: `${sequence}` })]));
      return {
        how: `${followed.size.toLocaleString('en')} followed, ${failed.size.toLocaleString('en')} refused`,
        complaints: unless(followed.size <= 1_000, `${followed.size} subscriptions are followed`),
      };
    },
  },
  {
    name: 'the first of 20,000 rows, 200 times',
    rows: 20_000,
    heldMegabytesMost: 10,
    run: async (field) => {
      const connection = await intruder(field);
      const answers: string[] = [];
      for (let at = 0; at < 200; at += 1)
        answers.push(await asked(connection, subscribeFrame(`s${at}`, [['size', '!=', at]], { limit: 1 })));
      return { how: sayCounts(answers) };
    },
  },
];
