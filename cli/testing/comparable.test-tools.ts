/** For tests: what of a campaign's report does not depend on the machine, nor on where it was written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const circumstances: readonly string[] = ['seconds', 'stepsPerSecond', 'shrinkSeconds', 'workers', 'campaign', 'node'];

/** Text, so that the order of its keys is compared as well. */
export function comparable(campaign: string): string {
  const text = readFileSync(join(campaign, 'report.json'), 'utf8');
  return JSON.stringify(
    JSON.parse(text, (key: string, value: unknown) => (circumstances.includes(key) ? undefined : value)),
    null,
    2,
  );
}
