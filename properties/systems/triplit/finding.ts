/** A known deviation with all that is to be told of it: its rule in words, and its reproduction as a text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleNames, ruleSentence } from '../../rules.ts';
import { readChanges } from './changes.ts';
import { type Deviation, deviationsFolder, readDeviations } from './deviations.ts';
import { isWithheld, readDisclosed } from './disclosure.ts';

export interface Finding {
  readonly deviation: Deviation;
  /** The part of the specification that its rule stands in. */
  readonly family: string;
  /** The rule's own sentence, with its title. */
  readonly promise: string;
  /** Where the rule stands in the specification, as in `#s1-one-session-one-status`; empty where it does not. */
  readonly ruleAnchor: string;
  readonly reproduction: Reproduction;
  /** The change that mends it and others of its kind, in words; null: it stands alone. */
  readonly change: string | null;
  /** It touches security, and nobody said yet that it may appear. */
  readonly isWithheld: boolean;
}

export interface Reproduction {
  /** The program, as it stands in its file. */
  readonly text: string;
  /** What one may expect of the packages, in its own words; null: it does not say. */
  readonly expected: string | null;
  readonly transport: ReproductionTransport;
}

/** Whether client and server (or what plays one of them) speak over real WebSockets on loopback, or nothing is sent at all. */
export type ReproductionTransport = 'WebSocket' | 'none';

/** The port on which every reproduction that opens one does so. */
export const reproductionPort = '6543';

export function readReproduction(text: string): Reproduction {
  const [, ground, expected] = /^\/\*\*[\s\S]*?\bExpected(?: \(([^)]*)\))?: ([\s\S]*?)\s*\*\//u.exec(text) ?? [];
  return {
    text,
    expected: expected === undefined ? null : `${expected.replaceAll(/\s*\n \* /gu, ' ')}${ground === undefined ? '' : ` (${ground})`}`,
    transport: new RegExp(`\\b${reproductionPort}\\b`, 'u').test(text) && !/\btransport:/u.test(text) ? 'WebSocket' : 'none',
  };
}

/** The heading of the second order above a rule in the specification; undefined: it is no rule of it. */
export function familyOf(rule: string, specification: string): string | undefined {
  const sections = specification.split(/^## /mu).slice(1);
  const found = sections.find((section) => new RegExp(`^### ${rule} `, 'mu').test(section));
  return found?.split('\n', 1)[0]?.trim();
}

/** All of them, in the order of the specification. */
export function familiesOf(specification: string): readonly string[] {
  return [...specification.matchAll(/^## (.+)$/gmu)].map(([, title = '']) => title.trim());
}

/** As renderers of Markdown name the heading of a rule. */
export function anchorOf(rule: string, specification: string): string {
  const heading = new RegExp(`^### (${rule} .+)$`, 'mu').exec(specification)?.[1];
  return heading === undefined
    ? ''
    : `#${heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/gu, '')
        .replaceAll(' ', '-')}`;
}

/** Rules of the harness itself: how a system shows itself to the world, or whether it settles. */
const besideTheSpecification = 'Beside the numbered rules';

/** By rule in the order of the specification, then by name. */
export function gatherFindings(root: string): readonly Finding[] {
  const specification = readFileSync(join(root, 'model', 'SPEC.md'), 'utf8');
  const families = [...familiesOf(specification), besideTheSpecification];
  const order = ruleNames();
  const changes = readChanges(root);
  const disclosed = readDisclosed(root);
  const findings = readDeviations(root).map(
    (deviation): Finding => ({
      deviation,
      family: familyOf(deviation.rule, specification) ?? besideTheSpecification,
      promise: ruleSentence(deviation.rule),
      ruleAnchor: anchorOf(deviation.rule, specification),
      reproduction: readReproduction(readFileSync(join(deviationsFolder(root), `${deviation.name}.ts`), 'utf8')),
      change: deviation.change === null ? null : (changes[deviation.change] ?? null),
      isWithheld: isWithheld(deviation, disclosed),
    }),
  );
  const placeOf = ({ family, deviation }: Finding): number => families.indexOf(family) * order.length + order.indexOf(deviation.rule);
  return findings.sort((one, other) => placeOf(one) - placeOf(other));
}
