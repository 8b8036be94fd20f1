import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../tools/usage-error.ts';
import { extractSystem, lastTaggedState, presentCommit, stateOf } from './git-state.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-git-')));
const repository = join(folder, 'repository');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasGit = spawnSync('git', ['--version']).status === 0;
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));

function git(...words: readonly string[]): void {
  const who = [
    '-c',
    'user.name=somebody',
    '-c',
    'user.email=somebody@example.org',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'tag.gpgsign=false',
  ];
  execFileSync('git', [...who, ...words], { cwd: repository, stdio: 'ignore', env: environment });
}

function commit(text: string): void {
  writeFileSync(join(repository, 'sut', 'own.ts'), text);
  git('add', '.');
  git('commit', '-m', text);
}

beforeAll(() => {
  if (!hasGit) return;
  mkdirSync(join(repository, 'sut'), { recursive: true });
  git('init');
  writeFileSync(join(repository, 'tsconfig.json'), '{}');
  commit('first');
});

/** The states build on each other. */
describe.skipIf(!hasGit)('a former state', () => {
  test('without a tag there is none', () => {
    expect(lastTaggedState(repository)).toEqual({ found: 'none', why: 'no tag can be reached' });
  });

  test('a tag on what is checked out is passed over, unless something has changed since', () => {
    git('tag', 'v1');
    expect(lastTaggedState(repository)).toEqual({ found: 'none', why: 'no tag can be reached from before v1' });
    writeFileSync(join(repository, 'sut', 'own.ts'), 'changed');
    expect(lastTaggedState(repository)).toMatchObject({ found: 'state', state: { revision: 'v1' } });
    expect(presentCommit(repository, 7)).toMatch(/^[0-9a-f]{7}, changed since$/u);
  });

  test('is the newest tag that can be reached', () => {
    commit('second');
    git('tag', 'v2');
    expect(lastTaggedState(repository)).toMatchObject({ found: 'state', state: { revision: 'v1' } });
    commit('third');
    expect(lastTaggedState(repository)).toMatchObject({ found: 'state', state: { revision: 'v2' } });
    expect(presentCommit(repository, 7)).toMatch(/^[0-9a-f]{7}$/u);
  });

  test('any revision names one, and nothing else does', () => {
    expect(stateOf(repository, 'HEAD~1').commit).toBe(stateOf(repository, 'v2').commit);
    expect(() => stateOf(repository, 'v9')).toThrow(new UsageError('--against: "v9" is no revision of this repository'));
    expect(() => stateOf(repository, '--all')).toThrow(UsageError);
  });

  test('is written elsewhere; index and work tree stay as they are', () => {
    writeFileSync(join(repository, 'sut', 'own.ts'), 'not yet committed');
    const tree = join(folder, 'tree');
    mkdirSync(tree);
    extractSystem(repository, stateOf(repository, 'v1'), tree);
    expect(readFileSync(join(tree, 'sut', 'own.ts'), 'utf8')).toBe('first');
    expect(existsSync(join(tree, 'tsconfig.json'))).toBe(true);
    expect(readFileSync(join(repository, 'sut', 'own.ts'), 'utf8')).toBe('not yet committed');
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: repository, encoding: 'utf8', env: environment })).toBe(' M sut/own.ts\n');
  });

  test('without a repository there is none', () => {
    const bare = mkdtempSync(join(tmpdir(), 'lockstep-bare-'));
    expect(lastTaggedState(bare)).toEqual({ found: 'none', why: 'this is no git repository' });
    expect(presentCommit(bare, 7)).toBe('');
    rmSync(bare, { recursive: true });
  });
});
