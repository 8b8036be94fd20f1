/** Once the world has healed, everything settles within a bounded virtual time that was not refused, ended or disconnected. */
import { owedInTheEnd } from '../../model/index.ts';
import type { Check } from './check.ts';

export const liveness: Check = {
  name: 'liveness',
  sentence: 'After the world has healed, everything that was not refused, ended or disconnected settles.',
  rules: ['S2', 'S3', 'S7', 'S9', 'Q3', 'W1', 'W2', 'W4', 'W5', 'K1', 'K3', 'B6'],
  begin: () => ({
    onSettled: (model) => {
      const [owed] = owedInTheEnd(model.state());
      if (owed === undefined) return null;
      return {
        rule: owed.rule,
        shape: `never ${owed.what}`,
        message: `after the world had healed, ${owed.whom} still waited for ${owed.what}`,
        allowed: [owed.what],
        shown: 'nothing',
      };
    },
  }),
};
