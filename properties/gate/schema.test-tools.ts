/** For tests: what does not fit the schema of the gate's JSON, a line each. */
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseJson } from '../../tools/json.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { readTextFile } from '../faults/fault.ts';

export function misfits(report: unknown): readonly string[] {
  const path = join(repositoryRoot(), 'docs', 'gate.schema.json');
  const schema = parseJson(readTextFile(path), path);
  if (typeof schema !== 'object' || schema === null) throw new TypeError(`${path} is no schema`);
  const fits = new Ajv2020({ allErrors: true }).compile(schema);
  // What is not plain data would be lost in a file.
  fits(JSON.parse(JSON.stringify(report)));
  return (fits.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
