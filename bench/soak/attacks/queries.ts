/** Queries that are dear to evaluate, or that are many. */

import { defaultBounds } from '../../../sut/protocol/bounds.ts';
import { clientIdOf } from '../../../sut/protocol/client-id.ts';
import { asked, type Fields, insertOf, newSecret, subscribeFrame, writeFrame, written } from '../attacker.ts';
import { type Attack, type Ended, type Field, intruder, letters, sayCounts, unless } from './attack.ts';
import { almostFitting, atAllBounds, manyStatements, threeStatements } from './large-queries.ts';

/** By the usual bounds of our server. */
const operationsMost = defaultBounds.writeOperationsMax;
const patternsMost = 39;
const limitsMost = 100;
/** More than a limit holds beyond itself. */
const drying = 80;
const dryings = 5;

async function refusedQuery(field: Field, filter: unknown): Promise<Ended> {
  const answer = await asked(await intruder(field), subscribeFrame('s', [filter]));
  return { how: answer, complaints: unless(answer.startsWith('refused'), `it is ${answer}`) };
}

function manyRows(count: number, round: number): readonly unknown[] {
  return Array.from({ length: count }, (_, at) => insertOf('hoard', `own ${at}`, { size: round }));
}

/** Four rows, as long as a row may be, and a frame. */
function longTexts(round: number): readonly unknown[] {
  return Array.from({ length: 4 }, (_, at) => insertOf('hoard', `long ${at}`, { text: letters(260_000), round }));
}

/** The first rows by rank, beside others that have none. */
function firstOnes(count: number, from = 0): readonly Fields[] {
  return Array.from({ length: count }, (_, at) => insertOf('hoard', `first ${from + at}`, { rank: 1_000_000 - from - at }));
}

function deleteOf(id: string, generation: string): Fields {
  return { kind: 'delete', collection: 'hoard', id, generation };
}

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
    run: (field) => refusedQuery(field, ['text', 'like', letters(1_000_000, '%')]),
  },
  {
    name: '40,000 statements under 190 groups',
    run: (field) => refusedQuery(field, manyStatements(40_000, 190)),
  },
  {
    name: 'a list of 100,000 numbers',
    run: (field) => refusedQuery(field, ['size', 'in', Array.from({ length: 100_000 }, (_, at) => at)]),
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
      return {
        how: `${answer}, then writes: ${sayCounts(writes)}`,
        complaints: unless(answer === 'taken' && writes.every((end) => end === 'taken'), 'what is within all bounds is refused'),
      };
    },
  },
  {
    name: '20,000 subscriptions on a connection, then 50 writes',
    rows: 200,
    // A thousand answers of 200 rows.
    owedMegabytes: 16,
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
      const taken = answers.filter((answer) => answer === 'taken').length;
      return {
        how: sayCounts(answers),
        complaints: unless(taken === limitsMost, `${taken} subscriptions with a limit are followed, not ${limitsMost}`),
      };
    },
  },
  {
    name: 'all that a connection may follow, and 20 writes of all that they may hold',
    rows: 200,
    heldMegabytesMost: 40,
    run: async (field) => {
      const connection = await intruder(field);
      const answers: string[] = [];
      for (let at = 0; at < 1_000; at += 1) answers.push(await asked(connection, subscribeFrame(`s${at}`, threeStatements(at))));
      const over = await asked(connection, subscribeFrame('over', []));
      const ends: string[] = [];
      for (let sequence = 1; sequence <= 20; sequence += 1)
        ends.push(await written(connection, writeFrame(sequence, manyRows(operationsMost, sequence))));
      const tooMany = await written(connection, writeFrame(21, manyRows(operationsMost + 1, 21)));
      return {
        how: `${sayCounts(answers)}, one more ${over}; writes: ${sayCounts(ends)}, a longer one ${tooMany}`,
        complaints: [
          ...unless(
            [...answers, ...ends].every((end) => end === 'taken'),
            'what is within all bounds is refused',
          ),
          ...unless(over.startsWith('refused') && tooMany.startsWith('refused'), 'what is over a bound is taken'),
        ],
      };
    },
  },
  {
    name: 'all the patterns that a connection may follow, and writes of 1 MB of text',
    run: async (field) => {
      const connection = await intruder(field);
      const answers: string[] = [];
      for (let at = 0; at < 45; at += 1) answers.push(await asked(connection, subscribeFrame(`s${at}`, [['text', 'like', `%a_${at}b%`]])));
      const ends: string[] = [];
      for (let sequence = 1; sequence <= 10; sequence += 1) ends.push(await written(connection, writeFrame(sequence, longTexts(sequence))));
      const taken = answers.filter((answer) => answer === 'taken').length;
      return {
        how: `${sayCounts(answers)}; writes: ${sayCounts(ends)}`,
        complaints: [
          ...unless(taken === patternsMost, `${taken} patterns are followed, not ${patternsMost}`),
          ...unless(
            ends.every((end) => end === 'taken'),
            'a write is refused',
          ),
        ],
      };
    },
  },
  {
    name: 'all the limits that a connection may follow, run dry by one write, over 5,000 rows',
    rows: 5_000,
    heldMegabytesMost: 20,
    run: async (field) => {
      const secret = newSecret();
      const connection = await intruder(field, secret);
      await written(connection, writeFrame(1, firstOnes(drying * dryings)));
      for (let at = 0; at < limitsMost; at += 1)
        await asked(connection, subscribeFrame(`s${at}`, [['size', '!=', at]], { limit: 1, order: [['rank', 'DESC']] }));
      const ends: string[] = [];
      for (let turn = 0; turn < dryings; turn += 1)
        ends.push(
          await written(
            connection,
            writeFrame(
              turn + 2,
              firstOnes(drying, turn * drying).map(({ id }) => deleteOf(String(id), `${clientIdOf(secret)}:1`)),
            ),
          ),
        );
      return {
        how: sayCounts(ends),
        complaints: unless(
          ends.every((end) => end === 'taken'),
          'a write is refused',
        ),
      };
    },
  },
];
