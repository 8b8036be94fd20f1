/** Reads commands out of shell text (a workflow, a code block) and finds what they name that does not exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../properties/language/shapes.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { verbs } from '../verbs.ts';

const root = repositoryRoot();

/** Commands of npm that are no script of ours. */
const npmCommands = ['ci', 'install', 'test'];
/** What a word of a command looks like that stands for something else. */
const placeholder = /^(<.*>|.*(NAME|FILE|DIR|COMMIT|OTHER|…).*|\$.*|".*\$.*")$/u;

/** What is wrong with the commands of the text, a line each. */
export async function unknownCommands(shell: string): Promise<readonly string[]> {
  const complaints = await Promise.all(commandsIn(shell).map((words) => complaintsOf(words)));
  return complaints.flat();
}

/** The words of each simple command that starts npm, npx, node or a program of ours. */
export function commandsIn(shell: string): readonly (readonly string[])[] {
  return shell
    .replaceAll(/\\\n\s*/gu, ' ')
    .split(/\n|&&|\|\||;/u)
    .map((line) => line.replace(/(^|\s)#.*$/u, '').trim())
    .map((line) => line.split(/\s+/u).filter((word) => word !== ''))
    .filter(([first = '']) => ['npm', 'npx', 'node', 'lockstep'].includes(first));
}

async function complaintsOf(words: readonly string[]): Promise<readonly string[]> {
  const [program, first = '', ...rest] = words;
  if (program === 'lockstep') return complaintsOfVerb(words, first, rest);
  if (program === 'npx')
    return first === 'lockstep' ? complaintsOfVerb(words, rest[0] ?? '', rest.slice(1)) : complaintsOfTool(words, first, rest);
  if (program === 'npm') return complaintsOfNpm(words, first, rest);
  if (first === 'bin/lockstep.js') return complaintsOfVerb(words, rest[0] ?? '', rest.slice(1));
  return missingFiles(words, [first, ...rest]);
}

async function complaintsOfVerb(words: readonly string[], verb: string, rest: readonly string[]): Promise<readonly string[]> {
  if (verb.startsWith('-') || verb === 'help' || placeholder.test(verb)) return [];
  const known = verbs.find(({ name }) => name === verb);
  if (known === undefined) return [`${words.join(' ')}: there is no verb ${verb}`];
  const { help } = await known.load();
  return [...unknownOptions(words, rest, help), ...missingFiles(words, rest)];
}

function complaintsOfNpm(words: readonly string[], command: string, rest: readonly string[]): readonly string[] {
  if (command !== 'run') return npmCommands.includes(command) ? [] : [`${words.join(' ')}: npm ${command} is not used here`];
  const [script = '', ...given] = rest.filter((word) => word !== '--silent');
  if (placeholder.test(script)) return [];
  const line = scriptsOfPackage().get(script);
  if (line === undefined) return [`${words.join(' ')}: package.json has no script ${script}`];
  const source = /(?:^| )(\S+\.ts)$/u.exec(line)?.[1];
  const options = given.filter((word) => word !== '--');
  const help = source === undefined ? '' : readFileSync(join(root, source), 'utf8');
  return [...(source === undefined ? [] : unknownOptions(words, options, help)), ...missingFiles(words, options)];
}

function complaintsOfTool(words: readonly string[], tool: string, rest: readonly string[]): readonly string[] {
  return existsSync(join(root, 'node_modules', '.bin', tool))
    ? missingFiles(words, rest)
    : [`${words.join(' ')}: there is no program ${tool}`];
}

function unknownOptions(words: readonly string[], given: readonly string[], help: string): readonly string[] {
  const options = given.flatMap((word) => /^--[a-z][\w-]*/u.exec(word) ?? []);
  return options
    .filter((option) => !new RegExp(`${option}(?![\\w-])`, 'u').test(help))
    .map((option) => `${words.join(' ')}: there is no ${option}`);
}

/** Paths into folders of the repository that hold what is written by hand. */
function missingFiles(words: readonly string[], given: readonly string[]): readonly string[] {
  return given
    .filter((word) => /^(\.\/)?(bench|cli|docs|examples|model|properties|sut)\/.*\.\w+$/u.test(word) && !placeholder.test(word))
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${words.join(' ')}: there is no ${path}`);
}

function scriptsOfPackage(): ReadonlyMap<string, string> {
  const read: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const scripts = isObject(read) && isObject(read.scripts) ? read.scripts : {};
  return new Map(Object.entries(scripts).map(([name, line]) => [name, String(line)]));
}
