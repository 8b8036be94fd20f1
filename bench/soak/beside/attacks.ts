/**
 * The attacks whose shape exists on the published server, each under the name of ours. They tell what happens, and nothing of why. What has
 * no counterpart there says so.
 */
import fc from 'fast-check';
import { letters, pause, sayCounts } from '../attacks/attack.ts';
import { almostFitting, atAllBounds, manyStatements } from '../attacks/large-queries.ts';
import { mutatedFrames } from '../fuzz/mutate.ts';
import { intruder, type NotApplicable, type PublishedAttack, type PublishedField, signed, tokenOf } from './attack.ts';
import { asked, changes, dial, ping, query, type Wire, written } from './wire.ts';

function wide(attributes: number): Readonly<Record<string, unknown>> {
  return { id: 'w', ...Object.fromEntries(Array.from({ length: attributes }, (_, at) => [`a${at}`, 1])) };
}

/** Resolves when all that was said before is answered, or it is closed. */
async function pong(wire: Wire): Promise<void> {
  const heard = wire.next('PONG');
  wire.say(ping);
  await heard;
}

async function tokens({ port, jwtSecret }: PublishedField): Promise<string> {
  const good = tokenOf(jwtSecret, 'mallory');
  const [header = '', body = '', signature = ''] = good.split('.');
  const claims = { sub: 'mallory' };
  const crafted = [
    signed(jwtSecret, { ...claims, exp: 1 }),
    signed(jwtSecret, { ...claims, nbf: 4_000_000_000 }),
    signed('another secret', claims),
    signed('null', claims),
    signed('', claims),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
    `${header}.${body}.`,
    `${header}.${Buffer.from('{"sub":"owner"}').toString('base64url')}.${signature}`,
    '',
  ];
  const ends: string[] = [];
  for (const token of crafted) ends.push((await (await dial(port, token)).ready) ? 'taken' : 'refused');
  return sayCounts(ends);
}

/** What its own client says, and wrong in the same ways as ours. */
const messages = fc.constantFrom<unknown>(
  query('q1', [['size', '=', 1], { mod: 'or', filters: [['text', 'like', 'a%']] }], { order: [['size', 'ASC']], limit: 3 }),
  query('q2', [['text', 'in', ['a', 'b']]]),
  { type: 'DISCONNECT_QUERY', payload: { id: 'q1' } },
  changes('hoard', { r1: { id: 'r1', text: 'a', size: 1 } }),
  ping,
);

async function sayMutated(field: PublishedField): Promise<string> {
  let said = 0;
  for (let batch = 0; said < field.frames; batch += 1)
    for (const text of mutatedFrames(messages, field.seed, batch, Math.min(1_000, field.frames - said))) {
      const wire = await intruder(field);
      wire.sayText(text);
      await Promise.race([pong(wire), pause(20)]);
      wire.socket.terminate();
      said += 1;
    }
  return `${said.toLocaleString('en')} frames`;
}

export const publishedAttacks: Readonly<Record<string, PublishedAttack | NotApplicable>> = {
  'a pattern that fits almost, on a row of 60,000 letters': {
    run: async (field) => {
      const wire = await intruder(field);
      await written(wire, 'hoard', { long: { id: 'long', text: letters(60_000) } });
      const short = await asked(wire, query('short', [['text', 'like', almostFitting(84)]]));
      const long = await asked(wire, query('long', [['text', 'like', almostFitting(5_000)]]));
      return `254 letters ${short}, 15,002 ${long}`;
    },
  },
  'a pattern of a million %, on 200 rows': {
    rows: 200,
    run: async (field) => asked(await intruder(field), query('q', [['text', 'like', letters(1_000_000, '%')]])),
  },
  '40,000 statements under 190 groups': {
    run: async (field) => asked(await intruder(field), query('q', [manyStatements(40_000, 190)])),
  },
  'a list of 100,000 numbers': {
    run: async (field) => asked(await intruder(field), query('q', [['size', 'in', Array.from({ length: 100_000 }, (_, at) => at)]])),
  },
  'a query at all its bounds, on 2,000 rows': {
    rows: 2_000,
    run: async (field) => {
      const wire = await intruder(field);
      const answer = await asked(wire, query('q', atAllBounds()));
      const writes: string[] = [];
      for (let at = 1; at <= 20; at += 1)
        writes.push(await written(wire, 'hoard', { [`r${at}`]: { id: `r${at}`, text: letters(100), size: at } }));
      return `${answer}, then writes: ${sayCounts(writes)}`;
    },
  },
  '20,000 subscriptions on a connection, then 50 writes': {
    rows: 200,
    run: async (field) => {
      const wire = await intruder(field);
      for (let at = 0; at < 20_000; at += 1) wire.say(query(`q${at}`, [['size', '!=', at]]));
      await pong(wire);
      const writes: string[] = [];
      for (let at = 1; at <= 50; at += 1) writes.push(await written(wire, 'hoard', { 'row 1': { id: 'row 1', text: `${at}` } }));
      return `writes: ${sayCounts(writes)}`;
    },
  },
  'the first of 20,000 rows, 200 times': {
    rows: 20_000,
    run: async (field) => {
      const wire = await intruder(field);
      const answers: string[] = [];
      for (let at = 0; at < 200; at += 1) answers.push(await asked(wire, query(`q${at}`, [['size', '!=', at]], { limit: 1 })));
      return sayCounts(answers);
    },
  },
  'all that a connection may follow, and 20 writes of all that they may hold': { notApplicable: 'it has no such bounds' },
  'all the patterns that a connection may follow, and writes of 1 MB of text': { notApplicable: 'it has no such bounds' },
  'all the limits that a connection may follow, run dry by one write, over 5,000 rows': { notApplicable: 'it has no such bounds' },
  'a row of 60,000 attributes, and 499 updates of one of 490 in a frame': {
    run: async (field) => {
      const wire = await intruder(field);
      const insert = await written(wire, 'hoard', { w: wide(60_000) });
      // A message holds one change of a row at most there.
      for (let at = 0; at < 8_500; at += 1) wire.say(changes('hoard', { w: { a1: at } }));
      await pong(wire);
      return `${insert}, and 8,500 updates in a message each`;
    },
  },
  '560 updates that make one row larger and larger': {
    run: async (field) => {
      field.honest.wire.say(query('followed', []));
      const wire = await intruder(field);
      await written(wire, 'hoard', { grown: { id: 'grown' } });
      const ends: string[] = [];
      for (let at = 2; at <= 561; at += 1) ends.push(await written(wire, 'hoard', { grown: { [`part ${at % 40}`]: letters(at * 100) } }));
      return sayCounts(ends);
    },
  },
  '200 writes without any right, 1 MB each': {
    setup: 'guarded',
    run: async (field) => {
      const wire = await intruder(field);
      const ends: string[] = [];
      for (let at = 1; at <= 200; at += 1)
        ends.push(await written(wire, 'annals', { [`refused ${at}`]: { id: `refused ${at}`, text: letters(1_000_000) } }));
      return sayCounts(ends);
    },
  },
  'a hello by an unknown key, and 64 MB behind it': {
    run: async ({ port }) => {
      const wire = await dial(port, signed('another secret', { sub: 'mallory' }));
      for (let at = 0; at < 64; at += 1) wire.sayText(letters(1_000_000));
      await wire.closed;
      return 'closed';
    },
  },
  '1,000 hellos by forged keys': { notApplicable: 'it has one key, and fetches none' },
  'stops reading, and goes on pinging': {
    rows: 200,
    run: async (field) => {
      const wire = await intruder(field);
      await asked(wire, query('q', []));
      wire.socket.pause();
      const writer = await intruder(field);
      const endMs = Date.now() + field.lastingMs;
      for (let [at, end] = [1, 'taken']; Date.now() < endMs && end === 'taken'; at += 1) {
        end = await written(writer, 'hoard', { large: { id: 'large', text: letters(200_000), at } });
        wire.say(ping);
      }
      const { heapBytes } = await field.look();
      wire.socket.resume();
      return `at the end the heap held ${(heapBytes / 1e6).toFixed(0)} MB`;
    },
  },
  'more connections than one address may have, and foreign pages': { notApplicable: 'it has no such options' },
  '500 connections that say nothing': { notApplicable: 'the request that opens a socket holds the token' },
  'filters on 2,000 rows that may not be read': { notApplicable: 'its work is not counted' },
  'tokens that are not for this server': { run: tokens },
  'mutated frames': { rows: 200, run: sayMutated },
  'mutated frames, under a schema with permissions': { setup: 'guarded', rows: 200, run: sayMutated },
};
