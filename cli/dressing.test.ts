/** The files around the project, which no program here reads: that they can be read, and name only what there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isObject } from '../properties/language/shapes.ts';
import { repositoryRoot } from '../tools/repository-root.ts';
import { unknownCommands } from './testing/commands.test-tools.ts';

const root = repositoryRoot();
const workflows = yamlFiles('.github/workflows');
const forms = yamlFiles('.github/ISSUE_TEMPLATE').filter(({ name }) => name !== 'config.yml');

function yamlFiles(folder: string): readonly { readonly name: string; readonly content: unknown }[] {
  return readdirSync(join(root, folder)).map((name) => ({ name, content: parse(readFileSync(join(root, folder, name), 'utf8')) }));
}

/** Every text under one of these keys, at any depth. */
function textsUnder(keys: readonly string[], value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsUnder(keys, item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (keys.includes(key) ? [inner] : []) : textsUnder(keys, inner),
  );
}

describe.each(workflows)('the workflow $name', ({ content }) => {
  test('has jobs, and may only read the repository', () => {
    expect(content).toMatchObject({ name: expect.any(String), jobs: expect.any(Object), permissions: { contents: 'read' } });
  });

  test('runs only commands that exist', async () => {
    const commands = textsUnder(['run', 'command'], content);
    expect(commands.length).toBeGreaterThan(0);
    expect(await unknownCommands(commands.join('\n'))).toEqual([]);
    for (const command of commands.filter((one) => /^\.[\w/]/u.test(one))) expect(existsSync(join(root, command)), command).toBe(true);
  });
});

test.each(forms)('the issue form $name asks something', ({ content }) => {
  expect(content).toMatchObject({ name: expect.any(String), description: expect.any(String), body: expect.any(Array) });
});

test('nvm takes the oldest line of Node that is supported', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(engines.node).toBe(`>=${readFileSync(join(root, '.nvmrc'), 'utf8').trim()}.19`);
});
