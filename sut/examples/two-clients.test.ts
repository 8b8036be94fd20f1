/** The example of the guide does what the guide says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { twoClients } from './two-clients.ts';

test('what one client writes, the other is shown, filtered and in order', async () => {
  const lines: string[] = [];
  await twoClients((line) => lines.push(line));
  expect(lines.at(0)).toBe('ann sees []');
  expect(lines.at(-1)).toBe('ann sees ["Pay the rent","Buy milk"]');
  expect(lines.join()).not.toContain('plants');
});

test('it stays under 40 lines', () => {
  const text = readFileSync(new URL('two-clients.ts', import.meta.url), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThan(40);
});
