/**
 * Holds the specification together: every rule of SPEC.md says where the model states it, which checks enforce it and
 * where its traces stand, and all of that is so; nothing anywhere speaks of a rule that is not there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everyTrace } from '../model/traces/index.ts';
import { repositoryRoot } from '../tools/repository-root.ts';
import { checks } from './checks/index.ts';
import { readFault } from './faults/fault.ts';
import { relations } from './relations/index.ts';
import { ruleNames, rules } from './rules.ts';

const root = repositoryRoot();
const model = join(root, 'model');
const faults = join(root, 'properties', 'faults');
const specification = readFileSync(join(model, 'SPEC.md'), 'utf8');

interface References {
  readonly rule: string;
  readonly model: readonly string[];
  readonly enforcedBy: readonly string[];
  readonly traces: readonly string[];
}

const everyRule: readonly References[] = specification.split(/^(?=#{1,3} )/mu).flatMap((section) => {
  const rule = /^### ([A-Z]+\d+) /u.exec(section)?.[1];
  return rule === undefined ? [] : [referencesOf(rule, section)];
});

function referencesOf(rule: string, section: string): References {
  return {
    rule,
    model: filesAfter(section, 'Model'),
    enforcedBy: filesAfter(section, 'Enforced by'),
    traces: filesAfter(section, 'Traces'),
  };
}

/** The files named between `_Word:_` and the next such word, or the end of its line. */
function filesAfter(section: string, word: string): readonly string[] {
  const named = section.split(`_${word}:_`)[1]?.split(/\n|\s_[A-Z]/u)[0] ?? '';
  return [...named.matchAll(/`([^`]+)`/gu)].flatMap((match) => match[1] ?? []);
}

/** The source of the model itself: neither tests nor traces. */
const modelFiles: readonly string[] = readdirSync(model, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('traces'),
);
const sourceOf = (file: string): string => readFileSync(join(model, file), 'utf8');
const checkFile = (name: string): string => `properties/checks/${name}.ts`;

/** The rules that the model can name when it says no. */
const named = new Set(
  modelFiles.flatMap((file) => [...sourceOf(file).matchAll(/'([SQHWPCKBE]\d+)'/gu)].flatMap((match) => match[1] ?? [])),
);

describe.each(everyRule)('$rule', (references) => {
  const { rule } = references;

  test('has its three references', () => {
    expect(references.model, '_Model:_').not.toEqual([]);
    expect(references.enforcedBy, '_Enforced by:_').not.toEqual([]);
    expect(references.traces, '_Traces:_').toEqual([`traces/${rule}.ts`]);
  });

  test('is stated where it says: each file of the model exists and names it', () => {
    for (const file of references.model) {
      expect(modelFiles).toContain(file);
      expect(sourceOf(file), file).toMatch(new RegExp(`\\b${rule}\\b`, 'u'));
    }
  });

  test('is enforced where it says, and nowhere else', () => {
    const enforcing = [
      ...checks.filter((check) => check.rules.includes(rule)).map((check) => checkFile(check.name)),
      ...relations.filter((relation) => relation.rules.includes(rule)).map(({ name }) => `properties/relations/${name}.ts`),
    ];
    expect([...references.enforcedBy].sort()).toEqual(enforcing.sort());
    for (const file of references.enforcedBy) expect(existsSync(join(root, file)), file).toBe(true);
  });

  test('can be the reason of a rejection', () => expect([...named]).toContain(rule));

  test('has its traces', () => {
    for (const file of references.traces) expect(existsSync(join(model, file)), file).toBe(true);
    expect(everyTrace.map((traces) => traces.rule)).toContain(rule);
  });
});

describe('nothing speaks of a rule that is not there', () => {
  const headings = everyRule.map(({ rule }) => rule);

  test('the headings are those that reports know, each once', () => expect(headings).toEqual([...rules().keys()]));

  test('the model rejects with none', () => {
    for (const rule of named) expect(headings).toContain(rule);
  });

  test.each(checks)('the check $name enforces none', ({ rules: enforced, sentence }) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/u);
    for (const rule of enforced) expect(headings).toContain(rule);
    expect(new Set(enforced).size).toBe(enforced.length);
  });

  test('no traces stand for one', () => expect(everyTrace.map(({ rule }) => rule)).toEqual(headings));

  test('no fault breaks one', () => {
    const files = existsSync(faults) ? readdirSync(faults).filter((file) => file.endsWith('.json')) : [];
    for (const file of files) expect(ruleNames(), file).toContain(readFault(join(faults, file)).rule);
  });
});
