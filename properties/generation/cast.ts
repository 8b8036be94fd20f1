/**
 * The cast of a run: the few people, tags, dates and texts that its rows and filters are made of. Few, so that rows
 * meet filters and writes meet each other; from faker, so that a failure reads like life. All of it follows from one
 * number that fast-check draws.
 */

import { faker } from '@faker-js/faker/locale/en';
import { entryOf } from '../../model/entry-of.ts';
import type { Scalar, Value } from '../../vocabulary/values.ts';
import type { Chance } from './chance.ts';

export interface Cast {
  readonly people: readonly string[];
  readonly tags: readonly string[];
  readonly dates: readonly string[];
  readonly texts: readonly string[];
}

const todoIds = ['milk', 'rent', 'taxes', 'call', 'gift', 'plants', 'bike', 'visa'] as const;
const noteIds = ['milk', 'ideas', 'diary', 'rent'] as const;

export function idsOfCollection(collection: string): readonly string[] {
  return collection === 'notes' ? noteIds : todoIds;
}

/** Some of them are people that rows are assigned to, and plans are tags, so that permissions by claims bite (P1). */
export const users = ['ann', 'ben', 'cas'] as const;
export const plans = ['free', 'pro'] as const;

/** Text whose order differs between code units, code points and locales (Q1). */
const peculiarTexts = ['Zoe', 'apple', 'éclair', '｡dot', '😀 party', '10', '9', '', '100% sure', 'under_score'] as const;

export function drawCast(chance: Chance): Cast {
  faker.seed(chance.integer(0, 0x7fff_ffff));
  const texts = Array.from({ length: 6 }, () => `${faker.word.verb()} the ${faker.word.noun()}`);
  return {
    people: distinct(['ann', 'ben', ...Array.from({ length: 2 }, () => faker.person.firstName().toLowerCase())]),
    tags: distinct([...Array.from({ length: 3 }, () => faker.word.adjective()), 'home', ...plans]),
    dates: [1, 2, 3, 14].map((day) => `2030-01-${String(day).padStart(2, '0')}T09:00:00.000Z`),
    texts: distinct([...texts, chance.pick(peculiarTexts), chance.pick(peculiarTexts)]),
  };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** What a schema says of each kind. */
export const typeOfKind = {
  text: 'string',
  flag: 'boolean',
  priority: 'number',
  person: 'string',
  set: 'set',
  date: 'date',
  estimate: 'number',
} as const;
export type AttributeKind = keyof typeof typeOfKind;
export interface Attribute {
  readonly name: string;
  readonly kind: AttributeKind;
  readonly optional: boolean;
  readonly nullable: boolean;
}
function attribute(name: string, kind: AttributeKind, more: Partial<Attribute> = {}): Attribute {
  return { name, kind, optional: false, nullable: false, ...more };
}

/** The attributes of each collection, `id` left out. */
export const attributes: Readonly<Record<string, readonly Attribute[]>> = {
  todos: [
    attribute('text', 'text'),
    attribute('done', 'flag'),
    attribute('priority', 'priority', { optional: true }),
    attribute('assignee', 'person', { nullable: true }),
    attribute('tags', 'set', { optional: true }),
    attribute('due', 'date', { nullable: true }),
    attribute('estimate', 'estimate'),
  ],
  notes: [
    attribute('text', 'text'),
    attribute('done', 'flag'),
    attribute('assignee', 'person', { nullable: true }),
    attribute('tags', 'set', { optional: true }),
  ],
};

export function attributesOf(collection: string): readonly Attribute[] {
  return entryOf(attributes, collection) ?? [];
}

const estimates = [-1.5, 0, 0.25, 0.5, 1, 2.5, 3, 10, 100] as const;

const scalars: Readonly<Record<AttributeKind, (chance: Chance, cast: Cast) => Scalar>> = {
  text: (chance, { texts }) => chance.pick(texts),
  flag: (chance) => chance.percent(50),
  priority: (chance) => chance.integer(1, 5),
  person: (chance, { people }) => chance.pick(people),
  set: (chance, { tags }) => chance.pick(tags),
  date: (chance, { dates }) => chance.pick(dates),
  estimate: (chance) => chance.pick(estimates),
};

/** A scalar that such an attribute might hold (for a set: a member). */
export function drawScalar(chance: Chance, cast: Cast, kind: AttributeKind): Scalar {
  return scalars[kind](chance, cast);
}

export function drawValue(chance: Chance, cast: Cast, wanted: Attribute): Value {
  if (wanted.nullable && chance.percent(30)) return null;
  if (wanted.kind !== 'set') return drawScalar(chance, cast, wanted.kind);
  return chance.shuffled(cast.tags).slice(0, chance.integer(0, 3)).sort();
}
