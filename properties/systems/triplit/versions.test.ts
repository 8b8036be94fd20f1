import { expect, test } from 'vitest';
import { isAtLeast } from './versions.ts';

test.each<[string, string, boolean]>([
  ['1.0.48', '1.0.48', true],
  ['1.0.50', '1.0.48', true],
  ['1.0.9', '1.0.48', false],
  ['1.1.0', '1.0.48', true],
  ['0.9.99', '1.0.0', false],
  ['1.0.48-canary.2', '1.0.48', false],
  ['1.0.48', '1.0.48-canary.2', true],
  ['1.0.48-canary.10', '1.0.48-canary.2', true],
  ['1.0.48-canary.2', '1.0.48-canary.10', false],
])('%s is at least %s: %s', (version, least, isSo) => expect(isAtLeast(version, least)).toBe(isSo));
