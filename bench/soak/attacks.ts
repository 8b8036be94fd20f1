/** What one lawful client can try. Each attack ends by itself; what the server makes of it is measured outside. */
import { randomInt } from 'node:crypto';
import { dial, enter, helloFrame, type RawConnection, subscribeFrame, writeFrame } from './attacker.ts';
import type { Keys } from './keys.ts';
import { mutate } from './mutate.ts';
import type { Victim } from './victim.ts';

export interface Field {
  readonly port: number;
  readonly keys: Keys;
  readonly victim: Victim;
  /** How long attacks last that have no end of their own. */
  readonly lastingMs: number;
}

export interface Attack {
  readonly name: string;
  /** Rows that are there before, by the victim. */
  readonly rows?: number;
  /** Answers in a few words how it went. */
  readonly run: (field: Field) => Promise<string>;
}

const letters = (count: number, letter = 'a'): string => letter.repeat(count);
const inserted = (id: string, attributes: Readonly<Record<string, unknown>>): unknown => ({
  kind: 'insert',
  collection: 'hoard',
  id,
  attributes: { id, ...attributes },
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function intruder({ port, keys }: Field): Promise<RawConnection> {
  return enter(port, await keys.token('mallory'));
}

/** The name of the error, or what came in its place. */
async function asked(connection: RawConnection, frame: unknown): Promise<string> {
  const failed = connection.heard('subscriptionFailed').then(() => 'failed alone');
  const answered = connection.heard('answer').then(() => 'answered');
  connection.say(frame);
  return Promise.race([failed, answered, connection.closed.then((reason) => `closed: ${reason}`)]);
}

async function written(connection: RawConnection, frame: unknown): Promise<string> {
  const rejected = connection.heard('rejected').then(() => 'rejected');
  const taken = connection.heard('acknowledged').then(() => 'taken');
  connection.say(frame);
  return Promise.race([rejected, taken, connection.closed.then((reason) => `closed: ${reason}`)]);
}

export const attacks: readonly Attack[] = [
  {
    name: 'a pattern that fits almost, on a row of 60,000 letters',
    run: async (field) => {
      const connection = await intruder(field);
      await written(connection, writeFrame(1, [inserted('long', { text: letters(60_000) })]));
      const within = await asked(connection, subscribeFrame('within', [['text', 'like', `${'%a_'.repeat(84)}b%`]]));
      const over = await asked(connection, subscribeFrame('over', [['text', 'like', `${'%a_'.repeat(5_000)}b%`]]));
      for (let sequence = 2; sequence < 12; sequence += 1)
        await written(connection, writeFrame(sequence, [inserted('long', { text: letters(60_000 + sequence) })]));
      return `256 letters ${within}, 15,000 ${over}`;
    },
  },
  {
    name: 'a pattern of a million %, on 200 rows',
    rows: 200,
    run: async (field) => asked(await intruder(field), subscribeFrame('s', [['text', 'like', letters(500_000, '%')]])),
  },
  {
    name: '40,000 statements under 190 groups',
    run: async (field) => {
      const statements = Array.from({ length: 40_000 }, (_, index) => ['text', '=', `${index}`]);
      const nested = Array.from({ length: 190 }).reduce<unknown>((inner) => ({ mod: 'or', filters: [inner] }), {
        mod: 'or',
        filters: statements,
      });
      return asked(await intruder(field), subscribeFrame('s', [nested]));
    },
  },
  {
    name: 'a list of 100,000 numbers',
    run: async (field) =>
      asked(await intruder(field), subscribeFrame('s', [['size', 'in', Array.from({ length: 100_000 }, (_, at) => at)]])),
  },
  {
    name: 'a row of 60,000 attributes and 9,000 updates of it',
    run: async (field) => {
      const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`a${at}`, 1]));
      const changed = { kind: 'update', collection: 'hoard', id: 'wide', generation: '', changes: { a1: 2 } };
      return written(await intruder(field), writeFrame(1, [inserted('wide', wide), ...Array.from({ length: 3_000 }, () => changed)]));
    },
  },
  {
    name: '560 inserts that make one row larger and larger',
    run: async (field) => {
      const connection = await intruder(field);
      const ends = new Map<string, number>();
      await asked(connection, subscribeFrame('s', []));
      for (let sequence = 1; sequence <= 560; sequence += 1) {
        const end = await written(connection, writeFrame(sequence, [inserted('grown', { text: letters(sequence * 1_000) })]));
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      return [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
    },
  },
  {
    name: '20,000 subscriptions on a connection',
    rows: 200,
    run: async (field) => {
      const connection = await intruder(field);
      let answers = 0;
      connection.socket.on('message', (data) => {
        if (String(data).startsWith('{"type":"answer"')) answers += 1;
      });
      for (let at = 0; at < 20_000; at += 1) connection.say(subscribeFrame(`s${at}`, [['size', '=', at]]));
      const pong = connection.heard('pong');
      connection.say({ type: 'ping' });
      await pong;
      return `${answers.toLocaleString('en')} followed`;
    },
  },
  {
    name: 'the first of 20,000 rows, 200 times',
    rows: 20_000,
    run: async (field) => {
      const connection = await intruder(field);
      for (let at = 0; at < 200; at += 1) await asked(connection, subscribeFrame(`s${at}`, [['size', '!=', at]], { limit: 1 }));
      return 'answered';
    },
  },
  {
    name: 'a hello by an unknown key, and 64 MB behind it',
    run: async ({ port, keys }) => {
      const connection = await dial(port);
      connection.say(helloFrame(await keys.forged('nobody')));
      for (let at = 0; at < 64; at += 1) connection.sayText(letters(1_000_000));
      return connection.closed;
    },
  },
  {
    name: '1,000 hellos by forged keys',
    run: async ({ port, keys }) => {
      const ends = await Promise.all(
        Array.from({ length: 1_000 }, async (_, at) => {
          const connection = await dial(port);
          connection.say(helloFrame(await keys.forged(`forged ${at}`)));
          return connection.closed;
        }),
      );
      return `${new Set(ends).size} kinds of end`;
    },
  },
  {
    name: 'stops reading, and goes on pinging',
    rows: 200,
    run: async (field) => {
      const connection = await intruder(field);
      await asked(connection, subscribeFrame('s', []));
      connection.socket.pause();
      const writer = await intruder(field);
      const endMs = Date.now() + field.lastingMs;
      for (let sequence = 1; Date.now() < endMs; sequence += 1) {
        await written(writer, writeFrame(sequence, [inserted('large', { text: letters(200_000), at: sequence })]));
        connection.say({ type: 'ping' });
      }
      connection.socket.resume();
      return Promise.race([connection.closed, pause(1_000).then(() => 'read again')]);
    },
  },
  {
    name: '200 writes without any right, 1 MB each',
    run: async (field) => {
      const connection = await intruder(field);
      let end = '';
      for (let sequence = 1; sequence <= 200; sequence += 1)
        end = await written(connection, writeFrame(sequence, [inserted('refused', { text: letters(1_000_000) })]));
      return end;
    },
  },
  {
    name: '500 connections that say nothing',
    run: async ({ port }) => {
      const silent = await Promise.all(Array.from({ length: 500 }, () => dial(port)));
      const ends = await Promise.all(silent.map(({ closed }) => closed));
      return `${new Set(ends).size} kind of end`;
    },
  },
  {
    name: 'mutated frames, one after the other',
    run: async (field) => {
      const endMs = Date.now() + field.lastingMs;
      const token = await field.keys.token('mallory');
      let said = 0;
      while (Date.now() < endMs) {
        const connection = await enter(field.port, token);
        const models = [
          subscribeFrame('s', [['size', '=', 1], { mod: 'or', filters: [['text', 'like', 'a%']] }]),
          writeFrame(1, [inserted('fuzzed', { text: 'a', size: 1 })]),
          { type: 'updateToken', request: 1, token },
          { type: 'unsubscribe', subscription: 's' },
          { type: 'ping' },
        ];
        for (let at = 0; at < 50; at += 1) {
          connection.sayText(mutate(JSON.stringify(models[randomInt(models.length)])));
          said += 1;
        }
        await Promise.race([connection.closed, pause(20)]);
        connection.socket.terminate();
      }
      return `${said.toLocaleString('en')} frames`;
    },
  },
];
