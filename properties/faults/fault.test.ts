import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../tools/usage-error.ts';
import { type Fault, parseFault, plant } from './fault.ts';
import { bundleWorker } from './plant.ts';

const fault: Fault = {
  name: 'another code',
  rule: 'S8',
  file: 'sut/protocol/frames.ts',
  find: 'closeCode = 4000',
  replace: 'closeCode = 4001',
};
const entry = 'properties/simulate/fixtures/loads-system.ts';

describe('a planted fault', () => {
  test('is one edit of a text', () => {
    expect(plant(fault, 'const closeCode = 4000;')).toBe('const closeCode = 4001;');
  });

  test('keeps signs of replacement patterns as they are', () => {
    expect(plant({ ...fault, find: 'a', replace: '$& $1 $$' }, 'a;')).toBe('$& $1 $$;');
  });

  test.each([
    ['', 'does not occur in sut/protocol/frames.ts'],
    ['closeCode = 4000; closeCode = 4000', 'occurs 2 times in sut/protocol/frames.ts'],
  ])('must occur exactly once: %j', (source, complaint) => {
    expect(() => plant(fault, source)).toThrow(UsageError);
    expect(() => plant(fault, source)).toThrow(complaint);
  });

  test.each<[string, unknown]>([
    ['a fault is a JSON object', []],
    ['"rule" of a fault must be a string', { ...fault, rule: 7 }],
    ['"find" of a fault must not be empty', { ...fault, find: '' }],
    ['"since" of a fault must be a whole number', { ...fault, since: '3' }],
    ['"find" and "replace" are the same', { ...fault, replace: fault.find }],
    ['a fault has no key "why"', { ...fault, why: '' }],
    ['"file" must name a file under sut/, not model/writes/log.ts', { ...fault, file: 'model/writes/log.ts' }],
    ['"file" must name a file under sut/, not sut/../model/writes/log.ts', { ...fault, file: 'sut/../model/writes/log.ts' }],
    ['"file" must name a file under sut/, not /sut/x.ts', { ...fault, file: '/sut/x.ts' }],
  ])('is checked: %s', (complaint, data) => {
    expect(() => parseFault(JSON.stringify(data), 'f.json')).toThrow(UsageError);
    expect(() => parseFault(JSON.stringify(data), 'f.json')).toThrow(`f.json: ${complaint}`);
  });

  test.each([fault, { ...fault, since: 3 }])('a sound one is read as it is', (sound) =>
    expect(parseFault(JSON.stringify(sound), 'f.json')).toEqual(sound),
  );
});

describe('a bundle', () => {
  const code = (path: string): string => readFileSync(path, 'utf8').split('//# sourceMappingURL')[0] ?? '';

  test('holds the fault that was planted, and another bundle does not', async () => {
    const [sound, faulty, again] = await Promise.all([bundleWorker({ entry }), bundleWorker({ entry, fault }), bundleWorker({ entry })]);
    expect(code(sound)).toContain('closeCode = 4e3');
    expect(code(faulty)).toContain('closeCode = 4001');
    expect(faulty).not.toBe(sound);
    expect(again).toBe(sound);
  });

  test.each<[string, Partial<Fault>]>([
    ['there is no file sut/nowhere.ts', { file: 'sut/nowhere.ts' }],
    [
      'does not load sut/port/client.ts',
      { file: 'sut/port/client.ts', find: 'export interface ClientEnvironment', replace: 'export interface Environment' },
    ],
    ['does not compile', { replace: 'closeCode = = 1' }],
  ])('refuses a fault: %s', async (complaint, changes) => {
    const refused = bundleWorker({ entry, fault: { ...fault, ...changes } });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(complaint);
  });
});
