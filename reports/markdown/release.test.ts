import { expect, test } from 'vitest';
import { blockedGate, heldGate } from '../terminal/release-sample.test-data.ts';
import { gateMarkdown } from './release.ts';

test('a gate that blocks; no text of a finding acts as Markdown or HTML', async () => {
  const text = gateMarkdown(blockedGate);
  await expect(text).toMatchFileSnapshot('snapshots/gate-blocked.md');
  expect(text).toContain('&lt;b\\>what&lt;/b\\> no version \\| holds');
});

test('a gate that held', async () => {
  await expect(gateMarkdown(heldGate)).toMatchFileSnapshot('snapshots/gate-held.md');
});
