/** Connections that say what they may not, nothing at all, or do not listen. */
import { WebSocket } from 'ws';
import { asked, dial, helloFrame, insertOf, subscribeFrame, writeFrame, written } from '../attacker.ts';
import { connectionsPerAddressMax } from '../setups.ts';
import { type Attack, intruder, letters, pause, sayCounts, unless } from './attack.ts';

/** For a hundred forged names: one for the known key, one for an unknown name, and what a new half-minute may bring. */
const keyFetchesMost = 4;

function reasonOf(closed: string): string {
  const [, type = closed] = /"type":"(\w+)"/u.exec(closed) ?? [];
  return type;
}

/** What a browser on a page of that origin is answered: it is let in, or a status. */
function knock(port: number, origin: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { origin });
    socket.once('open', () => {
      socket.terminate();
      resolve('let in');
    });
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(`${statusCode}`));
    socket.on('error', () => resolve('an error'));
  });
}

export const connectionAttacks: readonly Attack[] = [
  {
    name: 'a hello by an unknown key, and 64 MB behind it',
    heldMegabytesMost: 10,
    run: async ({ port, keys }) => {
      const connection = await dial(port);
      connection.say(helloFrame(await keys.forged('nobody')));
      for (let at = 0; at < 64; at += 1) connection.sayText(letters(1_000_000));
      return { how: reasonOf(await connection.closed) };
    },
  },
  {
    name: '1,000 hellos by forged keys',
    run: async ({ port, keys, look }) => {
      const ends = await Promise.all(
        Array.from({ length: 1_000 }, async (_, at) => {
          const connection = await dial(port);
          connection.say(helloFrame(await keys.forged(`forged ${at}`)));
          return reasonOf(await connection.closed);
        }),
      );
      const { keyFetches } = await look();
      return { how: sayCounts(ends), complaints: unless(keyFetches <= keyFetchesMost, `the key set was fetched ${keyFetches} times`) };
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
      for (let [sequence, end] = [1, 'taken']; Date.now() < endMs && end === 'taken'; sequence += 1) {
        end = await written(writer, writeFrame(sequence, [insertOf('hoard', 'large', { text: letters(200_000), at: sequence })]));
        connection.say({ type: 'ping' });
      }
      connection.socket.resume();
      return { how: await Promise.race([connection.closed.then(reasonOf), pause(1_000).then(() => 'read again in time')]) };
    },
  },
  {
    name: 'more connections than one address may have, and foreign pages',
    setup: 'narrow',
    run: async (field) => {
      const token = await field.keys.token('mallory');
      const ends = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const connection = await dial(field.port);
          const accepted = connection.next('accepted');
          connection.say(helloFrame(token));
          return (await accepted) === null ? reasonOf(await connection.closed) : 'let in';
        }),
      );
      const foreign = await knock(field.port, 'https://evil.example.com');
      const letIn = ends.filter((end) => end === 'let in').length;
      return {
        how: `${sayCounts(ends)}; a foreign page: ${foreign}`,
        complaints: [
          ...unless(letIn < connectionsPerAddressMax, `${letIn} connections of one address are let in`),
          ...unless(foreign === '403', `a foreign page is answered ${foreign}`),
        ],
      };
    },
  },
  {
    name: '500 connections that say nothing',
    run: async ({ port }) => {
      const silent = await Promise.all(Array.from({ length: 500 }, () => dial(port)));
      return { how: sayCounts((await Promise.all(silent.map(({ closed }) => closed))).map(reasonOf)) };
    },
  },
];
