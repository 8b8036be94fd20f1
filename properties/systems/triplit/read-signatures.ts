/** Reads signatures from the file of a deviation, and complains by path of whatever could never be met: a signature that says nothing must not stand for one that is tight. */
import * as shapes from '../../language/shapes.ts';
import {
  isList as isListPattern,
  isOperator,
  type Json,
  nameOfVariable,
  namesIn,
  namesOfGroups,
  type Operation,
  type OperatorName,
  operationIn,
} from './patterns.ts';
import type { EventPattern, Signature } from './signatures.ts';

type Shape<Value> = shapes.Shape<Value>;

const pattern: Shape<Json> = shapes.either((given): Shape<Json> => {
  if (typeof given === 'string') return textPattern;
  if (Array.isArray(given)) return shapes.list(pattern);
  if (!shapes.isObject(given)) return shapes.nullable<boolean | number>(typeof given === 'number' ? shapes.number : shapes.flag);
  const keys = Object.keys(given);
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator === undefined) return shapes.table(pattern, 'as written');
  if (keys.length > 1) return shapes.refused(`${operator} alone in its object`);
  return shapes.object({
    [operator]: isOperator(operator) ? operands[operator] : shapes.refused<Json>(shapes.sentenceOf('unknown operator')),
  });
});

const textPattern: Shape<string> = shapes.checked(
  shapes.text,
  (given) => !given.startsWith('$') || given.startsWith('${') || nameOfVariable(given) !== null,
  'a variable such as $client',
);

const expression: Shape<string> = shapes.checked(shapes.name, isExpression, 'a regular expression');

function isExpression(given: string): boolean {
  try {
    return new RegExp(given.replaceAll(/\$\{[^}]*\}/gu, 'x'), 'u') !== null;
  } catch {
    return false;
  }
}

const numberPattern: Shape<Json> = shapes.either((given): Shape<Json> => {
  if (typeof given === 'number') return shapes.number;
  return shapes.isObject(given) ? shapes.object({ $sum: shapes.list(numberPattern) }) : variable;
});
const variable = shapes.pattern('a number, a variable or a sum', (given) => nameOfVariable(given) !== null);

const operands: Readonly<Record<OperatorName, Shape<Json>>> = {
  $any: shapes.list(pattern),
  $all: shapes.list(pattern),
  $not: pattern,
  $text: expression,
  $has: pattern,
  $within: pattern,
  $is: numberPattern,
  $atLeast: numberPattern,
  $above: numberPattern,
  $atMost: numberPattern,
  $below: numberPattern,
};

const fieldNames = ['step', 'atMs', 'wallMs', 'process', 'event', 'detail'];

/** In the order in which they are written: what one binds the next may use. */
function fieldsOf(given: unknown): Readonly<Record<string, Shape<Json>>> {
  const written = shapes.isObject(given) ? Object.keys(given).filter((key) => fieldNames.includes(key)) : [];
  return Object.fromEntries(written.map((key) => [key, pattern]));
}

const saysNothing = 'something said of the event';

const excluded: Shape<EventPattern> = shapes.changed(
  shapes.either((given) => shapes.checked(shapes.object(fieldsOf(given)), (fields) => Object.keys(fields).length > 0, saysNothing)),
  (fields) => ({ fields, without: [], last: false }),
);

const event: Shape<EventPattern> = shapes.checked(
  shapes.changed(
    shapes.either((given) =>
      shapes.object({ ...fieldsOf(given), without: shapes.optional(shapes.list(excluded)), last: shapes.optional(shapes.flag) }),
    ),
    ({ without = [], last = false, ...fields }) => ({ fields, without, last }),
  ),
  ({ fields }) => Object.keys(fields).length > 0,
  saysNothing,
);

const lastComesLast = (events: readonly EventPattern[]): boolean => events.slice(0, -1).every(({ last }) => !last);

const signature: Shape<Signature> = shapes.changed(
  shapes.object({
    classes: shapes.listOfSome(shapes.name, 'at least one class'),
    events: shapes.checked(shapes.listOfSome(event, 'at least one event'), lastComesLast, '"last" with the last event only'),
    shown: shapes.optional(expression),
    message: shapes.optional(expression),
    failure: shapes.optional(pattern),
    configuration: shapes.optional(pattern),
  }),
  ({ shown = null, message = null, failure = null, configuration = null, ...met }) => ({ shown, message, failure, configuration, ...met }),
);

const signatures: Shape<readonly Signature[]> = shapes.listOfSome(signature, 'at least one signature');

export function readSignatures(value: unknown, path: string): readonly Signature[] {
  const found = shapes.read(signatures, value, path);
  for (const [index, one] of found.entries()) checkVariables(one, `${path}[${index}]`);
  return found;
}

/** Variables that have a value by then. */
type Names = ReadonlySet<string>;

/** @throws {ScriptError} where a variable is used before something gives it a value */
function checkVariables({ configuration, events, shown, message, failure }: Signature, path: string): void {
  let names = namesAfter(configuration, `${path}.configuration`, new Set());
  for (const [index, { fields, without }] of events.entries()) {
    const place = `${path}.events[${index}]`;
    names = namesAfter(fields, place, names);
    for (const [at, free] of without.entries()) namesAfter(free.fields, `${place}.without[${at}]`, names);
  }
  checkBound(namesIn(shown ?? ''), `${path}.shown`, names);
  checkBound(namesIn(message ?? ''), `${path}.message`, names);
  namesAfter(failure, `${path}.failure`, names);
}

function namesAfter(given: Json, path: string, names: Names): Names {
  if (typeof given === 'string') {
    checkBound(namesIn(given), path, names);
    return new Set([...names, ...variablesIn(given)]);
  }
  if (isListPattern(given)) return namesAfterAll(given.entries(), (index) => `${path}[${index}]`, names);
  if (given === null || typeof given !== 'object') return names;
  const operation = operationIn(given);
  if (operation === null) return namesAfterAll(Object.entries(given), (key) => `${path}.${key}`, names);
  return namesAfterOperation(operation, `${path}.${operation.name}`, names);
}

/** What one member binds the next may use. */
function namesAfterAll<Key>(members: Iterable<readonly [Key, Json]>, placeOf: (key: Key) => string, bound: Names): Names {
  return [...members].reduce((names, [key, member]) => namesAfter(member, placeOf(key), names), bound);
}

function namesAfterOperation({ name: operator, operand }: Operation, path: string, names: Names): Names {
  switch (operator) {
    case '$all':
    case '$has':
    case '$within':
      return namesAfter(operand, path, names);
    case '$not':
      namesAfter(operand, path, names);
      return names;
    case '$any': {
      const ways = isListPattern(operand) ? operand.map((way, index) => namesAfter(way, `${path}[${index}]`, names)) : [];
      const [first = names, ...others] = ways;
      return new Set([...first].filter((one) => others.every((way) => way.has(one))));
    }
    case '$text':
      checkBound(namesIn(String(operand)), path, names);
      return new Set([...names, ...namesOfGroups(String(operand))]);
    case '$is':
    case '$atLeast':
    case '$above':
    case '$atMost':
    case '$below':
      checkBound(variablesIn(operand), path, names);
      return names;
  }
}

/** In a text that is one, or in a number that may be a sum. */
function variablesIn(given: Json): readonly string[] {
  if (typeof given === 'string') return [nameOfVariable(given) ?? []].flat();
  return given !== null && typeof given === 'object' ? Object.values(given).flat().flatMap(variablesIn) : [];
}

function checkBound(used: readonly string[], path: string, names: Names): void {
  const unbound = used.find((one) => !names.has(one));
  if (unbound !== undefined) throw new shapes.ScriptError(`${path}: $${unbound} has no value yet`);
}
