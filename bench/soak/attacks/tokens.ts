/** Tokens that are not for this server, or not by whom it trusts. None is to be taken, and no server is to be made that would take them. */
import { createServer } from '../../../sut/server/server.ts';
import { dial, helloFrame } from '../attacker.ts';
import type { Keys } from '../keys.ts';
import { type Attack, letters, sayCounts, unless } from './attack.ts';

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

async function craft(keys: Keys): Promise<Readonly<Record<string, string>>> {
  const good = await keys.token('mallory');
  const [header = '', body = '', signature = ''] = good.split('.');
  const claims = encode({ sub: 'mallory', aud: 'hoard', 'x-triplit-token-type': 'secret' });
  return {
    'for another application': await keys.claiming({ aud: 'another application' }),
    'for nobody': await keys.claiming({ aud: [] }),
    expired: await keys.claiming({ exp: 1 }),
    'not good yet': await keys.claiming({ nbf: 4_000_000_000 }),
    'by an unknown key': await keys.forged('nobody'),
    'by another key of that name': await keys.forged('known'),
    'signed with the text "null"': await keys.shared('null'),
    'signed with the key set': await keys.shared(JSON.stringify(keys.keySet)),
    'without a signature': `${encode({ alg: 'none' })}.${body}.`,
    'its signature left out': `${header}.${body}.`,
    'other claims under it': `${header}.${claims}.${signature}`,
    'of 9 KB': await keys.claiming({ more: letters(9_000) }),
    'no token at all': '',
  };
}

/** What must be told at the start, or every token would be taken. */
function isRefused(jwtSecret: unknown): boolean {
  try {
    // Plain JavaScript asks no compiler.
    Reflect.apply(createServer, undefined, [{ jwtSecret }]);
    return false;
  } catch {
    return true;
  }
}

export const tokenAttacks: readonly Attack[] = [
  {
    name: 'tokens that are not for this server',
    setup: 'guarded',
    run: async ({ port, keys }) => {
      const tokens = Object.entries(await craft(keys));
      const ends: string[] = [];
      const taken: string[] = [];
      for (const [name, token] of tokens) {
        const connection = await dial(port);
        const accepted = connection.next('accepted').then((frame) => (frame === null ? 'refused' : 'taken'));
        connection.say(helloFrame(token));
        const end = await accepted;
        ends.push(end);
        if (end === 'taken') taken.push(name);
      }
      const weak = ['a', null, '', 'null', letters(31)].filter((secret) => !isRefused(secret));
      return {
        how: `${sayCounts(ends)}; 5 weak secrets, ${5 - weak.length} refused`,
        complaints: [
          ...taken.map((name) => `a token is taken: ${name}`),
          ...unless(weak.length === 0, `a server takes the secret ${weak[0]}`),
        ],
      };
    },
  },
];
