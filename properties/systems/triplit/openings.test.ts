import { expect, test } from 'vitest';
import type { CommandStep, Script } from '../../scripts/script.ts';
import { withPromptOpenings } from './openings.ts';

const connect = (client: string): CommandStep => ({ do: 'connect', client });
const disconnect = (client: string): CommandStep => ({ do: 'disconnect', client });

test('openings are not held, and a client is told one thing about its session in one breath', () => {
  const script: Script = {
    version: 1,
    profile: 'test',
    configuration: {
      clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
      schedule: { kind: 'priorities', seed: 1, changePoints: [] },
    },
    steps: [
      { do: 'hold', label: 'c1 opening' },
      { do: 'hold', label: 'server→c1' },
      { do: 'together', commands: [connect('c1'), connect('c2'), disconnect('c1')] },
    ],
  };
  const tame = withPromptOpenings(script);
  expect(tame.steps).toEqual([
    { do: 'hold', label: 'server→c1' },
    { do: 'together', commands: [connect('c1'), connect('c2')] },
  ]);
  expect(tame.configuration).not.toHaveProperty('schedule');
});
