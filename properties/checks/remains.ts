/** When every session has ended nothing of it is left: no timer, no connection, no sharing group. */
import type { Check, Finding } from './check.ts';

function left(rule: string, what: string, names: readonly string[]): Finding | null {
  if (names.length === 0) return null;
  return {
    rule,
    shape: `${what} left`,
    message: `after every session had ended there were ${what} left`,
    allowed: [`no ${what}`],
    shown: names.join(', '),
  };
}

export const remains: Check = {
  name: 'remains',
  sentence: 'When every session has ended no timer, connection or sharing group is left.',
  rules: ['S10', 'H3'],
  begin: () => ({
    onEnd: ({ timers, groups, connections }) =>
      left('S10', 'timers', timers) ?? left('H3', 'groups', groups) ?? left('H3', 'connections', connections),
  }),
};
