/** Reads signatures from the file of a deviation, and complains by path of whatever could never be met: a signature that says nothing must not stand for one that is tight. */
import { type Fields, isObject, ScriptError } from '../language/shapes.ts';
import {
  isList as isListPattern,
  isOperator,
  type Json,
  type JsonObject,
  nameOfVariable,
  namesIn,
  namesOfGroups,
  operationIn,
} from './patterns.ts';
import { readFlag, readList, readName, readObject, wrong } from './reading.ts';
import type { EventPattern, Signature } from './signatures.ts';

const fieldNames = ['step', 'atMs', 'wallMs', 'process', 'event', 'detail'] as const;

/** Variables that have a value by then. */
type Names = ReadonlySet<string>;

export function readSignatures(value: unknown, path: string): readonly Signature[] {
  const signatures = readList(value, path, readSignature);
  if (signatures.length === 0) throw wrong(path, 'at least one signature');
  return signatures;
}

function readSignature(value: unknown, path: string): Signature {
  const fields = readObject(value, path, ['classes', 'events'], ['shown', 'message', 'failure', 'configuration']);
  const classes = readList(fields.classes, `${path}.classes`, readName);
  if (classes.length === 0) throw wrong(`${path}.classes`, 'at least one class');
  const configuration = fields.configuration === undefined ? null : readPattern(fields.configuration, `${path}.configuration`, new Set());
  const { events, names } = readEvents(fields.events, `${path}.events`, new Set(namesBoundBy(configuration)));
  if (events.length === 0) throw wrong(`${path}.events`, 'at least one event');
  const isEarlier = ({ last }: EventPattern, index: number): boolean => last && index < events.length - 1;
  if (events.some(isEarlier)) throw wrong(`${path}.events`, '"last" with the last event only');
  return {
    classes,
    shown: readExpressionOrNull(fields.shown, `${path}.shown`, names),
    message: readExpressionOrNull(fields.message, `${path}.message`, names),
    failure: fields.failure === undefined ? null : readPattern(fields.failure, `${path}.failure`, names),
    configuration,
    events,
  };
}

function readEvents(value: unknown, path: string, bound: Names): { readonly events: readonly EventPattern[]; readonly names: Names } {
  let names = bound;
  const events = readList(value, path, (item, place) => {
    const event = readEvent(item, place, names);
    names = new Set([...names, ...namesBoundBy(event.fields)]);
    return event;
  });
  return { events, names };
}

function readEvent(value: unknown, path: string, names: Names): EventPattern {
  const { without, last, ...rest } = readObject(value, path, [], [...fieldNames, 'without', 'last']);
  const fields = readFields(rest, path, names);
  const here = new Set([...names, ...namesBoundBy(fields)]);
  return {
    fields,
    without: without === undefined ? [] : readList(without, `${path}.without`, (item, place) => readExcluded(item, place, here)),
    last: last === undefined ? false : readFlag(last, `${path}.last`),
  };
}

function readExcluded(value: unknown, path: string, names: Names): EventPattern {
  return { fields: readFields(readObject(value, path, [], fieldNames), path, names), without: [], last: false };
}

function readFields(fields: Fields, path: string, names: Names): JsonObject {
  const patterns = readMembers(fields, path, names);
  if (Object.keys(patterns).length === 0) throw wrong(path, 'something said of the event');
  return patterns;
}

function readPattern(value: unknown, path: string, names: Names): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return readText(value, path, names);
  if (Array.isArray(value)) return readList(value, path, (item, place) => readPattern(item, place, names));
  if (!isObject(value)) throw wrong(path, 'a pattern');
  const [key, ...others] = Object.keys(value);
  if (key === undefined || !key.startsWith('$')) return readMembers(value, path, names);
  if (others.length > 0) throw wrong(path, `${key} alone in its object`);
  return { [key]: readOperand(key, value[key], `${path}.${key}`, names) };
}

/** What one member binds the next may use. */
function readMembers(fields: Fields, path: string, bound: Names): JsonObject {
  let names = bound;
  return Object.fromEntries(
    Object.entries(fields).map(([key, member]) => {
      if (key.startsWith('$')) throw wrong(path, `${key} alone in its object`);
      const pattern = readPattern(member, `${path}.${key}`, names);
      names = new Set([...names, ...namesBoundBy(pattern)]);
      return [key, pattern];
    }),
  );
}

function readOperand(key: string, operand: unknown, path: string, names: Names): Json {
  if (!isOperator(key)) throw new ScriptError(`${path}: unknown operator`);
  switch (key) {
    case '$any':
      return readList(operand, path, (item, place) => readPattern(item, place, names));
    case '$all':
      return readInTurn(operand, path, names);
    case '$not':
    case '$has':
    case '$within':
      return readPattern(operand, path, names);
    case '$text':
      return readExpression(operand, path, names);
    case '$is':
    case '$atLeast':
    case '$above':
    case '$atMost':
    case '$below':
      return readNumber(operand, path, names);
  }
}

function readInTurn(operand: unknown, path: string, bound: Names): readonly Json[] {
  let names = bound;
  return readList(operand, path, (item, place) => {
    const pattern = readPattern(item, place, names);
    names = new Set([...names, ...namesBoundBy(pattern)]);
    return pattern;
  });
}

function readText(text: string, path: string, names: Names): string {
  if (text.startsWith('$') && !text.startsWith('${') && nameOfVariable(text) === null) throw wrong(path, 'a variable such as $client');
  checkBound(namesIn(text), path, names);
  return text;
}

function readExpressionOrNull(value: unknown, path: string, names: Names): string | null {
  return value === undefined ? null : readExpression(value, path, names);
}

function readExpression(value: unknown, path: string, names: Names): string {
  const text = readName(value, path);
  checkBound(namesIn(text), path, names);
  try {
    new RegExp(text.replaceAll(/\$\{[^}]*\}/gu, 'x'), 'u');
  } catch {
    throw wrong(path, 'a regular expression');
  }
  return text;
}

function readNumber(value: unknown, path: string, names: Names): Json {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const name = nameOfVariable(value);
    if (name === null) throw wrong(path, 'a number, a variable or a sum');
    checkBound([name], path, names);
    return value;
  }
  if (!isObject(value)) throw wrong(path, 'a number, a variable or a sum');
  const { $sum } = readObject(value, path, ['$sum']);
  return { $sum: readList($sum, `${path}.$sum`, (term, place) => readNumber(term, place, names)) };
}

function checkBound(used: readonly string[], path: string, names: Names): void {
  const unbound = used.find((name) => !names.has(name));
  if (unbound !== undefined) throw new ScriptError(`${path}: $${unbound} has no value yet`);
}

/** Variables that have a value where the pattern is met. */
function namesBoundBy(pattern: Json): readonly string[] {
  if (typeof pattern === 'string') return [nameOfVariable(pattern) ?? []].flat();
  if (isListPattern(pattern)) return pattern.flatMap(namesBoundBy);
  if (pattern === null || typeof pattern !== 'object') return [];
  const operation = operationIn(pattern);
  if (operation === null) return Object.values(pattern).flatMap(namesBoundBy);
  const { name, operand } = operation;
  if (name === '$text') return typeof operand === 'string' ? namesOfGroups(operand) : [];
  if (name === '$all' || name === '$has' || name === '$within') return namesBoundBy(operand);
  return name === '$any' && isListPattern(operand) ? namesInEach(operand.map(namesBoundBy)) : [];
}

function namesInEach([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((name) => others.every((names) => names.includes(name)));
}
