/** Updating the token (S3). */
import { expect, test } from 'vitest';
import { outcomeOf, settled, testWorld } from './test-world.ts';

const roles = { member: { match: { role: 'member', sub: '$user' } } };

test('checks come in their order, and reject', async () => {
  const { client, token, time } = await testWorld({ roles });
  expect(await outcomeOf(client.updateSessionToken('nonsense'))).toBe('NoActiveSessionError');
  await client.startSession(token('ann'), false);
  expect(await outcomeOf(client.updateSessionToken('nonsense'))).toBe('TokenDecodingError');
  expect(await outcomeOf(client.updateSessionToken(token('bob', 0)))).toBe('TokenExpiredError');
  expect(await outcomeOf(client.updateSessionToken(token('bob', 1)))).toBe('SessionRolesMismatchError');
  expect(await outcomeOf(client.updateSessionToken(token('ann', 1)))).toBe('resolved');
  expect(client.token).toBe(token('ann', 1));
  await time.pass(1);
  expect(await outcomeOf(client.updateSessionToken(token('ann', 1)))).toBe('TokenExpiredError');
});

test('waits for OPEN, goes out in order, and is answered in order', async () => {
  const { client, socket, token } = await testWorld();
  await client.startSession(token('ann'));
  const [first, second] = [1, 2].map((seconds) => client.updateSessionToken(token('ann', seconds * 60_000)));
  socket().accept();
  expect(socket().sent.slice(1)).toEqual([
    { type: 'updateToken', request: 1, token: token('ann', 60_000) },
    { type: 'updateToken', request: 2, token: token('ann', 120_000) },
  ]);
  expect(client.token).toBe(token('ann'));
  socket().say({ type: 'tokenAccepted', request: 1 });
  await first;
  expect(client.token).toBe(token('ann', 60_000));
  socket().say({ type: 'tokenRefused', request: 2, reason: 'UNAUTHORIZED' });
  await expect(second).rejects.toMatchObject({ name: 'TokenRefusedError', reason: 'UNAUTHORIZED' });
  expect(client.token).toBe(token('ann', 60_000));
});

test.each(['lost', 'disconnected'] as const)('when the connection is %s, the last one is stored and all resolve', async (how) => {
  const { client, socket, token, time } = await testWorld();
  await client.startSession(token('ann'));
  socket().accept();
  const updates = [1, 2].map((seconds) => client.updateSessionToken(token('ann', seconds * 60_000)));
  if (how === 'lost') socket().close();
  else client.disconnect();
  await Promise.all(updates);
  expect(client.token).toBe(token('ann', 120_000));
  if (how === 'disconnected') return;
  await time.pass(250);
  socket().open();
  expect(socket().sent).toMatchObject([{ type: 'hello', token: token('ann', 120_000) }]);
});

test('a close with ROLES_MISMATCH answers the oldest one sent; younger ones are stored', async () => {
  const { client, socket, token, errors } = await testWorld();
  await client.startSession(token('ann'));
  socket().accept();
  const [first, second] = ['bob', 'ann'].map((user) => client.updateSessionToken(token(user, 60_000)));
  socket().close({ type: 'ROLES_MISMATCH', retry: false });
  expect(await outcomeOf(Promise.resolve(first))).toBe('SessionRolesMismatchError');
  await second;
  expect(client.token).toBe(token('ann', 60_000));
  expect(errors).toEqual(['ROLES_MISMATCH']);
});

test('requests are numbered from 1 on each connection', async () => {
  const { client, socket, token, time } = await testWorld();
  await client.startSession(token('ann'));
  socket().accept();
  void client.updateSessionToken(token('ann', 60_000));
  socket().close();
  await time.pass(250);
  socket().accept();
  void client.updateSessionToken(token('ann', 90_000));
  await settled();
  expect(socket().sent.at(-1)).toMatchObject({ type: 'updateToken', request: 1 });
});

test('roles are copied: what becomes of the object given is no matter of the client', async () => {
  const match = { role: 'member', sub: '$user' };
  const { client, socket, token } = await testWorld({ roles: { member: { match } } });
  await client.startSession(token('ann'));
  socket().accept();
  match.sub = 'ann';
  expect(await outcomeOf(client.updateSessionToken(token('bob', 60_000)))).toBe('SessionRolesMismatchError');
});
