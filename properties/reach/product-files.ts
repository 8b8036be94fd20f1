/**
 * Which files of `sut/` are asked what generated runs reach and which mutants they find: the product. What is left out
 * is left out by a rule of this list and nothing else, and every report tells the list.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../tools/repository-root.ts';

export interface Exemption {
  /** Where it lies, for people. */
  readonly where: string;
  readonly why: string;
  /** Asked of the path below the root, with `/`. */
  readonly takes: RegExp;
}

export const exemptions: readonly Exemption[] = [
  { where: 'tests', why: 'tests, and what only tests use', takes: /[.]test(-data|-tools)?[.]ts$|[/]test-[^/]+[.]ts$|^sut[/]testing[/]/u },
  { where: 'sut/triplit', why: 'drives packages of others, which are no product of ours', takes: /^sut[/]triplit[/]/u },
  { where: 'sut/examples', why: 'examples for readers', takes: /^sut[/]examples[/]/u },
  { where: 'sut/react', why: 'hooks of a user interface, which scripts have no words for', takes: /^sut[/]react[/]/u },
  { where: 'sut/runtime', why: 'real clocks, timers and sockets: the simulated world stands in their place', takes: /^sut[/]runtime[/]/u },
  { where: 'sut/storage', why: 'storages on a real disk: the worlds have their own in their place', takes: /^sut[/]storage[/]/u },
  {
    where: 'sut/port, sut/reference',
    why: 'the port of systems under test, and how ours is plugged in there',
    takes: /^sut[/](port|reference)[/]/u,
  },
];

export function exemptionOf(file: string): Exemption | undefined {
  return exemptions.find(({ takes }) => takes.test(file));
}

/** Relative to the root, with `/`, in their order. */
export function productFiles(root = repositoryRoot()): readonly string[] {
  const found = readdirSync(join(root, 'sut'), { recursive: true, encoding: 'utf8' }).map((name) => `sut/${name.replaceAll('\\', '/')}`);
  return found.filter((file) => file.endsWith('.ts') && !/[/]node_modules[/]/u.test(file) && exemptionOf(file) === undefined).sort();
}
