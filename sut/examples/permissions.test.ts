/** The example of the guide does what the guide says. */
import { expect, test } from 'vitest';
import { permissions } from './permissions.ts';

test('a transaction is kept, a write of somebody else’s note is rejected', async () => {
  const lines: string[] = [];
  await permissions((line) => lines.push(line));
  expect(lines).toEqual(['rejected: PermissionDeniedError', 'the server has [{"id":"plan","owner":"ann","state":"done"}]']);
});
