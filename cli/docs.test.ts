/** The documents: every link leads somewhere, every command exists, every example in TypeScript can be parsed, that of README runs. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../tools/repository-root.ts';
import { unknownCommands } from './testing/commands.test-tools.ts';
import { lockstep } from './testing/lockstep.test-tools.ts';

const root = repositoryRoot();
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'model/SPEC.md',
  ...['docs', 'sut', 'bench', 'examples'].flatMap(markdownIn),
];

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'sets'].includes(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

function textOf(document: string): string {
  return readFileSync(join(root, document), 'utf8');
}

/** The code blocks of a language. */
function blocksOf(document: string, language: string): readonly string[] {
  return [...textOf(document).matchAll(/^(`{3,})(\w*)\n([\s\S]*?)^\1$/gmu)]
    .filter(([, , one]) => one === language)
    .map(([, , , code = '']) => code);
}

/** Without code, in which brackets are no links. */
function proseOf(document: string): string {
  return textOf(document)
    .replaceAll(/^(`{3,})[\s\S]*?^\1$/gmu, '')
    .replaceAll(/`[^`\n]*`/gu, (code) => code.replaceAll(/[[\]()<>]/gu, ' '));
}

function linksOf(document: string): readonly string[] {
  const prose = proseOf(document);
  const written = [...prose.matchAll(/\]\(([^)\s]+)\)/gu)].map(([, target = '']) => target);
  const inHtml = [...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/gu)].map(([, target = '']) => target);
  return [...written, ...inHtml].filter((target) => !/^[a-z]+:/u.test(target));
}

/** As renderers of Markdown name headings: the second of a name gets a number. */
function anchorsOf(document: string): ReadonlySet<string> {
  const text = textOf(document);
  const seen = new Map<string, number>();
  const headings = [...text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gmu, '').matchAll(/^#{1,6} (.+)$/gmu)].map(([, title = '']) => {
    const anchor = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/gu)].map(([, id = '']) => id)]);
}

function isMissing(document: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const found = path === '' ? document : relative(root, join(root, dirname(document), path));
  if (!existsSync(join(root, found))) return true;
  if (anchor === undefined || statSync(join(root, found)).isDirectory()) return anchor !== undefined;
  return found.endsWith('.md') && !anchorsOf(found).has(anchor);
}

describe.each(documents)('%s', (document) => {
  test('every relative link and anchor leads somewhere', () => {
    expect(linksOf(document).filter((target) => isMissing(document, target))).toEqual([]);
  });

  test('every command of its code blocks exists, with its options and files', async () => {
    expect(await unknownCommands(blocksOf(document, 'sh').join('\n'))).toEqual([]);
  });

  test('every example in TypeScript can be parsed', async () => {
    for (const code of blocksOf(document, 'ts')) await expect(transform(code, { loader: 'ts' }), code).resolves.toBeDefined();
  });
});

test('every file that the page on the architecture names exists', () => {
  const named = [...textOf('docs/ARCHITECTURE.md').matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.[a-z]+|[\w.-]+\.cjs|[\w-]+(?:\/[\w-]+)*\/)`/gu)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the test in README runs, and holds', async () => {
  const [code = ''] = blocksOf('README.md', 'ts');
  const file = join(root, 'reports', 'out', `readme-${process.pid}.ts`);
  mkdirSync(dirname(file), { recursive: true });
  const collects = "import { expect } from 'vitest';\nexport const bodies = [];\nconst test = (name, body) => bodies.push(body);\n";
  writeFileSync(file, collects + code.replace(/^import .* from 'vitest';\n/mu, '').replaceAll("'../properties", "'../../properties"));
  try {
    const { bodies }: { bodies: readonly (() => Promise<void>)[] } = await import(pathToFileURL(file).href);
    expect(bodies).toHaveLength(1);
    for (const body of bodies) await body();
  } finally {
    rmSync(file);
  }
});

test('the failure of the tutorial is what the command tells', async () => {
  const fault = 'properties/faults/answer-merged-not-replaced.json';
  const { out, code } = await lockstep('replay', 'properties/corpus/planted/answer-anew-merged.json', '--fault', fault);
  expect(code).toBe(1);
  const story = out.slice(out.indexOf('  allowed '));
  const quoted = blocksOf('docs/first-failure.md', 'text')[0] ?? '';
  for (const line of quoted.slice(quoted.indexOf('  allowed ')).split('\n')) expect(story).toContain(line);
  for (const option of ['--until 4', '--trace', '--inspect']) expect(story).toContain(`${fault} ${option}\n`);
});
