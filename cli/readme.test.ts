import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../tools/repository-root.ts';
import { verbs } from './verbs.ts';

const readme = readFileSync(join(repositoryRoot(), 'README.md'), 'utf8');

test('the README tells every verb with every option, and no other', async () => {
  const rows = [...readme.matchAll(/^\| `(\w+) (.*?)` +\|/gmu)].map(([, name, usage]) => ({ name, usage }));
  expect(rows.map(({ name }) => name)).toEqual(verbs.map(({ name }) => name));
  for (const { name, load } of verbs) {
    const { help } = await load();
    const options = [...help.matchAll(/^ {2}(--[\w-]+)/gmu)].map(([, option]) => option).filter((option) => option !== '--help');
    const told = [...(rows.find((row) => row.name === name)?.usage ?? '').matchAll(/--[\w-]+/gu)].map(([option]) => option);
    expect(told.sort(), name).toEqual(options.sort());
  }
});
