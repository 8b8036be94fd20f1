/** The rules in words, read from the specification itself, so that no report can say something else than it does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../tools/repository-root.ts';

export interface Rule {
  readonly id: string;
  readonly title: string;
  /** The first sentence under the heading. */
  readonly law: string;
  /** All that stands under the heading, as Markdown. */
  readonly text: string;
}

/** Properties of the harness itself, which the specification of a system cannot hold. */
const lawsBesideTheSpecification: ReadonlyMap<string, string> = new Map([
  ['determinism', 'The same script gives the same trace, event by event.'],
  ['liveness', 'Once the world has healed, everything settles in bounded time that was not refused, ended or disconnected.'],
  ['wire', 'Every frame on the wire is one of the protocol.'],
  ['world', 'Client and server reach time, chance, sockets and storage through their ports only, and never throw into the world.'],
]);

/** By name: the laws that no heading of the specification has. */
export function lawsBeside(): ReadonlyMap<string, string> {
  return lawsBesideTheSpecification;
}

let known: ReadonlyMap<string, Rule> | undefined;

/** All numbered rules, in the order of the specification. */
export function rules(): ReadonlyMap<string, Rule> {
  known ??= readRules(readFileSync(join(repositoryRoot(), 'model', 'SPEC.md'), 'utf8'));
  return known;
}

export function readRules(specification: string): ReadonlyMap<string, Rule> {
  const sections = specification.split(/^(?=#{1,3} )/mu);
  const found = sections.flatMap((section): Rule[] => {
    const heading = /^### ([A-Z]+\d+) (.+)\n\s*\n/u.exec(section);
    const [whole, id, title] = heading ?? [];
    if (whole === undefined || id === undefined || title === undefined) return [];
    const text = section.slice(whole.length).trim();
    return [{ id, title: title.trim(), law: firstSentence(text), text }];
  });
  return new Map(found.map((rule) => [rule.id, rule]));
}

/** Dots between backticks end no sentence. */
function firstSentence(text: string): string {
  const paragraph = text.split(/\n\s*\n/u)[0] ?? '';
  const line = paragraph.replaceAll(/\s+/gu, ' ').trim();
  return /^(?:`[^`]*`|[^`])*?\.(?= |$)/u.exec(line)?.[0] ?? line;
}

/** `The refresh handler: it runs …`; a rule without a number has its law alone, an unknown one its name. */
export function ruleSentence(rule: string): string {
  const numbered = rules().get(rule);
  if (numbered !== undefined) return `${numbered.title}: ${numbered.law}`;
  return lawsBesideTheSpecification.get(rule) ?? rule;
}

/** Every name that a failure may give as its rule. */
export function ruleNames(): readonly string[] {
  return [...rules().keys(), ...lawsBesideTheSpecification.keys()];
}
