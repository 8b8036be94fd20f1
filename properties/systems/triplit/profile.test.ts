import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainProfile } from '../../../model/profiles/profile.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import { profileOf } from '../lacks.ts';
import { triplit } from './plugin.ts';

/** The switches that stand in the first column of the table. */
function told(): readonly string[] {
  const readme = readFileSync(join(repositoryRoot(), 'sut', 'triplit', 'README.md'), 'utf8');
  const [, chapter = ''] = readme.split('\n## Profile\n');
  const [table = ''] = chapter.split('\n## ');
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, name = '']) => name));
}

test('every switch that is on stands in the README once, with its source; none that is off does', () => {
  const on = Object.entries(profileOf(triplit, [])).flatMap(([name, isOn]) => (isOn ? [name] : []));
  expect([...told()].sort()).toEqual([...on].sort());
});

test('without a profile every switch is off', () => {
  expect(Object.values(plainProfile)).not.toContain(true);
});
