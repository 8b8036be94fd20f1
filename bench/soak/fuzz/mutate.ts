/**
 * A frame with something wrong about it: wrong by one in a number, a length or a level, a field more or less, another type, a name twice,
 * letters that few expect, or a few bytes changed. Near enough to the protocol to come far into whoever reads it.
 */
import fc from 'fast-check';
import { type Chance, chanceOf } from '../../../properties/generation/chance.ts';

type Plain = unknown;
type Entries = readonly (readonly [string, Plain])[];

const oddTexts = [
  '',
  ' ',
  '\0',
  '\n',
  '\ud800',
  '\udfff',
  '\u202E',
  '\uFEFF',
  'e\u0301',
  '\u{1F4A5}',
  '__proto__',
  'constructor',
  '$token.sub',
];
const oddNumbers = [0, -0, -1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e308, 5e-324];
const others: readonly Plain[] = [null, true, false, 0, 1, '', 'text', [], {}, [[]], [null], { type: 'ping' }, [['text', '=', 1]]];
/** On both sides of every bound on levels, lists and names that the protocol and the usual bounds of a server have. */
const levels = [1, 2, 31, 32, 33, 50, 51, 199, 200, 201];
const lengths = [2, 255, 256, 257, 999, 1_000, 1_001];
const repeatedLengthMost = 500_000;
const bytes = '{}[]":,0129-eE.+\\/ \t\n truefalsn\u0000\u0007\ud800é';

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function entriesOf(value: Plain): Entries | null {
  return typeof value === 'object' && value !== null && !isList(value) ? Object.entries(value) : null;
}

/** `__proto__` is a name like any other here. */
function objectOf(entries: Entries): Plain {
  return Object.fromEntries(entries);
}

/** Walks down to a place at random, and puts there what `change` makes of what was there. */
function somewhere(value: Plain, chance: Chance, change: (value: Plain) => Plain): Plain {
  if (isList(value) && value.length > 0 && chance.percent(80)) {
    const at = chance.integer(0, value.length - 1);
    return value.map((item, place) => (place === at ? somewhere(item, chance, change) : item));
  }
  const entries = entriesOf(value);
  if (entries !== null && entries.length > 0 && chance.percent(85)) {
    const at = chance.integer(0, entries.length - 1);
    return objectOf(entries.map(([key, held], place) => [key, place === at ? somewhere(held, chance, change) : held]));
  }
  return change(value);
}

function nested(value: Plain, chance: Chance): Plain {
  const isFilter = chance.percent(60);
  let wrapped = value;
  for (let level = chance.pick(levels); level > 0; level -= 1) wrapped = isFilter ? { mod: 'or', filters: [wrapped] } : [wrapped];
  return wrapped;
}

function mutatedText(text: string, chance: Chance): Plain {
  const at = chance.integer(0, text.length);
  switch (chance.integer(0, 6)) {
    case 0:
      return text.slice(0, -1);
    case 1:
      return text.slice(0, at) + chance.pick(oddTexts) + text.slice(at);
    case 2:
      return text + text;
    case 3:
      return text.toUpperCase();
    case 4:
      return 'a'.repeat(chance.pick(lengths));
    case 5:
      return '%_'.repeat(chance.pick(lengths));
    default:
      return chance.pick(oddTexts);
  }
}

function mutatedNumber(number: number, chance: Chance): Plain {
  return chance.pick([number + 1, number - 1, -number, number + 0.5, number * 2, `${number}`, ...oddNumbers]);
}

/** So often, unless that came to more than a frame may have. */
function repeated(item: Plain, length: number): Plain {
  const itemLength = JSON.stringify(item).length;
  return Array.from({ length: itemLength * length > repeatedLengthMost ? 2 : length }, () => item);
}

function mutatedList(list: readonly Plain[], chance: Chance): Plain {
  const at = chance.integer(0, Math.max(0, list.length - 1));
  switch (chance.integer(0, 6)) {
    case 0:
      return list.filter((_, place) => place !== at);
    case 1:
      return list.flatMap((item, place) => (place === at ? [item, item] : [item]));
    case 2:
      return [...list].reverse();
    case 3:
      return [...list, chance.pick(others)];
    case 4:
      return repeated(list[at] ?? null, chance.pick(lengths));
    case 5:
      return list.length === 0 ? [[]] : list.slice(0, 1);
    default:
      return objectOf(list.map((item, place) => [`${place}`, item]));
  }
}

function mutatedObject(entries: Entries, chance: Chance): Plain {
  const at = chance.integer(0, Math.max(0, entries.length - 1));
  const [name = '', held = null] = entries[at] ?? [];
  switch (chance.integer(0, 5)) {
    case 0:
      return objectOf(entries.filter((_, place) => place !== at));
    case 1:
      return objectOf([...entries, [chance.pick([...oddTexts, 'more', `${name}s`]), chance.pick(others)]]);
    case 2:
      return objectOf(entries.map(([key, value], place) => (place === at ? [`${key}s`, value] : [key, value])));
    case 3:
      return objectOf(entries.map(([key, value]) => [key, chance.percent(30) ? held : value]));
    case 4:
      return entries.map(([, value]) => value);
    default:
      return objectOf([...entries].reverse());
  }
}

function mutatedValue(value: Plain, chance: Chance): Plain {
  switch (chance.integer(0, 9)) {
    case 0:
      return chance.pick(others);
    case 1:
      return nested(value, chance);
  }
  if (typeof value === 'string') return mutatedText(value, chance);
  if (typeof value === 'number') return mutatedNumber(value, chance);
  if (typeof value === 'boolean') return chance.pick([!value, null, 0, 'true']);
  if (isList(value)) return mutatedList(value, chance);
  const entries = entriesOf(value);
  return entries === null ? chance.pick(others) : mutatedObject(entries, chance);
}

/** What no value can be made to say: a name twice, a number beyond all numbers, what is cut off, letters changed. */
function mutatedBytes(text: string, chance: Chance): string {
  const at = chance.integer(0, text.length);
  const to = Math.min(text.length, at + chance.integer(0, 8));
  switch (chance.integer(0, 8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return text.slice(0, at) + bytes.charAt(chance.integer(0, bytes.length - 1)) + text.slice(at + 1);
    case 4:
      return text.slice(0, at) + bytes.charAt(chance.integer(0, bytes.length - 1)) + text.slice(at);
    case 5:
      return text.replace(/\d+/u, chance.pick(['1e999', '-0', '1e1', '01', '1.0', '9007199254740993']));
    case 6:
      return text.replace(/"(\w+)":/u, (key) => `${key}null,${key}`);
    case 7:
      return text.replace(/\}$/u, `,"type":"${chance.pick(['ping', 'write', '__proto__'])}"}`);
    default:
      return chance.pick(['\uFEFF', ' ', '[', '']) + text + chance.pick(['', ' ', '\0', '}']);
  }
}

/** Mutated at up to three places of its structure and, in every third frame, once in its bytes; one frame in ten stays as it is. */
export function mutate(frame: unknown, chance: Chance): string {
  if (chance.percent(10)) return JSON.stringify(frame);
  const bytesAlone = chance.percent(15);
  let mutated = frame;
  for (let left = bytesAlone ? 0 : chance.integer(1, 3); left > 0; left -= 1)
    mutated = somewhere(mutated, chance, (value) => mutatedValue(value, chance));
  const text = JSON.stringify(mutated);
  return bytesAlone || chance.percent(20) ? mutatedBytes(text, chance) : text;
}

/** Texts that were one of these frames once. */
class Mutated extends fc.Arbitrary<string> {
  readonly #frames: readonly unknown[];
  constructor(frames: readonly unknown[]) {
    super();
    this.#frames = frames;
  }
  override generate(random: fc.Random): fc.Value<string> {
    const chance = chanceOf(random);
    return new fc.Value(mutate(chance.pick(this.#frames), chance), undefined);
  }
  override canShrinkWithoutContext(value: unknown): value is string {
    return typeof value === 'string';
  }
  /** A failure names its frame, which is short. */
  override shrink(): fc.Stream<fc.Value<string>> {
    return fc.Stream.nil();
  }
}

export const batchSize = 1_000;
/** To draw a frame takes longer than to mutate it. */
const frameShare = 20;

/** The texts of that batch, the same for the same seed. */
export function mutatedFrames(frames: fc.Arbitrary<unknown>, seed: number, batch: number, count = batchSize): readonly string[] {
  const seedOfBatch = (seed + batch * 0x9e3779b1) | 0;
  const drawn = fc.sample(frames, { seed: seedOfBatch, numRuns: Math.ceil(count / frameShare) });
  return fc.sample(new Mutated(drawn), { seed: seedOfBatch, numRuns: count });
}
