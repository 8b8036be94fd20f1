/** A former state of our own client and server, taken from git: which commit it is, and its `sut/` in a folder of its own. Neither index nor work tree are touched. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../tools/usage-error.ts';

export interface GitState {
  /** As it was asked for, or the tag that was found. */
  readonly revision: string;
  readonly commit: string;
}

/** `why` is half a sentence that says what was looked for in vain. */
export type FoundState = { readonly found: 'state'; readonly state: GitState } | { readonly found: 'none'; readonly why: string };

/** Throws UsageError where it names no commit. */
export function stateOf(root: string, revision: string): GitState {
  const commit = commitOf(root, revision);
  if (commit === null) throw new UsageError(`--against: ${JSON.stringify(revision)} is no revision of this repository`);
  return { revision, commit };
}

/**
 * The newest tag that can be reached. One on the very commit that is checked out is passed over while nothing has changed
 * since: a release that was just tagged is compared with the one before.
 */
export function lastTaggedState(root: string): FoundState {
  const head = commitOf(root, 'HEAD');
  if (head === null) return { found: 'none', why: 'this is no git repository' };
  const last = lastTag(root, 'HEAD');
  const isSame = last?.commit === head && git(root, 'diff', '--quiet', 'HEAD', '--', './sut').status === 0;
  const state = isSame ? lastTag(root, 'HEAD^') : last;
  if (state !== null) return { found: 'state', state };
  return { found: 'none', why: isSame ? `no tag can be reached from before ${last.revision}` : 'no tag can be reached' };
}

function lastTag(root: string, from: string): GitState | null {
  const { status, stdout } = git(root, 'describe', '--tags', '--abbrev=0', from);
  const revision = stdout.trim();
  const commit = status === 0 ? commitOf(root, revision) : null;
  return commit === null ? null : { revision, commit };
}

function commitOf(root: string, revision: string): string | null {
  const { status, stdout } = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  return status === 0 ? stdout.trim() : null;
}

/** Writes its `sut/`, and how it was compiled, below the folder, which must be empty. Throws UsageError where it has none. */
export function extractSystem(root: string, { revision, commit }: GitState, folder: string): void {
  const gitFolder = git(root, 'rev-parse', '--absolute-git-dir').stdout.trim();
  const inFolder = [`--git-dir=${gitFolder}`, `--work-tree=${folder}`];
  const index = { GIT_INDEX_FILE: join(folder, '.index') };
  const tree = git(root, 'rev-parse', '--verify', '--quiet', `${commit}:./sut`);
  const read = gitWith(index, folder, ...inFolder, 'read-tree', '--prefix=sut/', tree.stdout.trim());
  const written = gitWith(index, folder, ...inFolder, 'checkout-index', '--all');
  if ([tree, read, written].some(({ status }) => status !== 0)) throw new UsageError(`--against: ${revision} holds no sut/`);
  const settings = git(root, 'show', `${commit}:./tsconfig.json`);
  if (settings.status === 0) writeFileSync(join(folder, 'tsconfig.json'), settings.stdout);
}

/** Of a `tsconfig.json`, of all that is read. */
const maxBuffer = 16_000_000;

/** A hook of git names its own repository and index to whatever it starts; here the folder says which is meant. */
const ofHooks: readonly string[] = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

function git(folder: string, ...words: readonly string[]) {
  return gitWith({}, folder, ...words);
}

/** Its status is null where there is no git. */
function gitWith(environment: Readonly<Record<string, string>>, folder: string, ...words: readonly string[]) {
  const usual = Object.entries(process.env).filter(([name]) => !ofHooks.includes(name));
  const env = { ...Object.fromEntries(usual), ...environment };
  const { status, stdout } = spawnSync('git', words, { cwd: folder, encoding: 'utf8', env, maxBuffer });
  // Without git there is no output either.
  return { status, stdout: status === null ? '' : stdout };
}

/** The commit that is checked out, in so many characters, and whether `path` was changed since; empty where there is none. */
export function presentCommit(root: string, characters: number, path = './sut'): string {
  const head = commitOf(root, 'HEAD');
  if (head === null) return '';
  const isChanged = git(root, 'status', '--porcelain', '--', path).stdout !== '';
  return `${head.slice(0, characters)}${isChanged ? ', changed since' : ''}`;
}
