/**
 * A planted fault: one edit of one file of the system under test, as data. Product code holds no switches for tests;
 * the edit is applied to the text of the file while it is loaded, and must fit it exactly once.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseJson } from '../../tools/json.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';

export interface Fault {
  readonly name: string;
  /** The rule that it breaks; a canary names the rule that must not notice it. */
  readonly rule: string;
  /** Relative to the root of the repository, with `/`; where the system may hold a fault, as a rule under `sut/`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** From which generation of the rules on it is planted; from the third on a fault must outlive the smoke profile (`smoke.ts`). Absent: from the first. */
  readonly since?: number;
}

/** The name of a fault, as a sentence. */
export function sentenceOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}.`;
}

const texts = ['name', 'rule', 'file', 'find', 'replace'] as const;
const keys: readonly string[] = [...texts, 'since'];

/** Throws UsageError where the text is no fault. `path` is for the message. */
export function parseFault(text: string, path: string, plantable: readonly string[] = ['sut']): Fault {
  const data = parseJson(text, path);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new UsageError(`${path}: a fault is a JSON object`);
  const entries = new Map<string, unknown>(Object.entries(data));
  const unknownKey = [...entries.keys()].find((key) => !keys.includes(key));
  if (unknownKey !== undefined) throw new UsageError(`${path}: a fault has no key "${unknownKey}", only ${keys.join(', ')}`);
  const textOf = (key: (typeof texts)[number]): string => {
    const value = entries.get(key);
    if (typeof value !== 'string') throw new UsageError(`${path}: "${key}" of a fault must be a string`);
    return value;
  };
  const since = entries.get('since');
  if (since !== undefined && !isGeneration(since)) throw new UsageError(`${path}: "since" of a fault must be a whole number from 1 on`);
  const edit = { name: textOf('name'), rule: textOf('rule'), file: textOf('file'), find: textOf('find'), replace: textOf('replace') };
  const found = placeOf(edit.file, plantable);
  const placed = found === undefined ? edit : { ...edit, file: found };
  const fault: Fault = since === undefined ? placed : { ...placed, since };
  if (fault.find === '') throw new UsageError(`${path}: "find" of a fault must not be empty`);
  if (fault.find === fault.replace) throw new UsageError(`${path}: "find" and "replace" are the same`);
  if (found === undefined) throw new UsageError(`${path}: "file" must name a file under ${plantable.join(' or ')}/, not ${fault.file}`);
  return fault;
}

export function faultsFolder(): string {
  return join(repositoryRoot(), 'properties', 'faults');
}

/** The names of their files, canaries among them. */
export function faultFiles(): readonly string[] {
  const files = readdirSync(faultsFolder()).filter((file) => file.endsWith('.json'));
  return files.sort();
}

/** A canary is a rewrite that changes nothing, told by the name of its file: it must survive. */
export function isCanary(file: string): boolean {
  return file.startsWith('canary-');
}

function isGeneration(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

/** Relative to the repository, or else to the folder of an adapter, whose faults lie beside it. Undefined: it may not be there. */
function placeOf(file: string, plantable: readonly string[]): string | undefined {
  if (isAbsolute(file)) return undefined;
  const root = repositoryRoot();
  const folders = plantable.map((folder) => resolve(root, folder));
  const places = [resolve(root, file), ...plantable.filter(isAbsolute).map((folder) => resolve(folder, file))];
  const isPlantable = (place: string): boolean => folders.some((folder) => isBelow(place, folder));
  const place = places.find((candidate) => isPlantable(candidate) && existsSync(candidate)) ?? places.find(isPlantable);
  return place === undefined ? undefined : place === places[0] ? file : relative(root, place);
}

export function isBelow(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return between !== '' && !between.startsWith('..') && !isAbsolute(between);
}

/** `plantable`: where it may be, as the system says. */
export function readFault(path: string, plantable?: readonly string[]): Fault {
  return parseFault(readTextFile(path), path, plantable);
}

/** Throws UsageError where the file cannot be read. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new UsageError(`${path}: no such file`);
    if (code === 'EISDIR') throw new UsageError(`${path}: is a folder, not a file`);
    throw new UsageError(`${path}: cannot be read (${String(code ?? error)})`);
  }
}

/** The source text with the fault in it. Throws UsageError unless `find` occurs exactly once. */
export function plant(fault: Fault, source: string): string {
  const occurrences = source.split(fault.find).length - 1;
  if (occurrences !== 1) {
    const often = occurrences === 0 ? 'does not occur' : `occurs ${occurrences} times`;
    throw new UsageError(`the fault "${fault.name}" does not fit: its text ${often} in ${fault.file}; it must occur exactly once`);
  }
  return source.split(fault.find).join(fault.replace);
}

/** Reads the file that the fault names and checks that it fits. */
export function plantInFile(fault: Fault, root: string): string {
  return plant(fault, readTextFileOf(fault, root));
}

function readTextFileOf(fault: Fault, root: string): string {
  try {
    return readFileSync(join(root, fault.file), 'utf8');
  } catch {
    throw new UsageError(`the fault "${fault.name}" does not fit: there is no file ${fault.file}`);
  }
}
