/** The published server in a process of its own, as an application would run it. The first argument is its setup. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFolder } from '../../../sut/triplit/sets.ts';
import { schemaOptionsOf } from '../../../sut/triplit/shapes.ts';
import { callMember, memberOf } from '../../../sut/triplit/surface.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import type { FromServer, ProcessFigures, ToServer } from '../figures.ts';
import { watchStalls } from '../stalls.ts';
import type { PublishedSetup } from './setup.ts';

const [, , setupText = ''] = process.argv;
const { set, jwtSecret, schema }: PublishedSetup = JSON.parse(setupText);

let peakBytes = 0;
const stalls = watchStalls(() => {
  const { heapUsed, external } = process.memoryUsage();
  peakBytes = Math.max(peakBytes, heapUsed + external);
});

function say(message: FromServer<ProcessFigures>): void {
  process.send?.(message);
}

process.on('message', (message: ToServer) => {
  if (message.ask === 'end') process.exit(0);
  const stalled = stalls.take(message.begins);
  globalThis.gc?.();
  say({ say: 'figures', figures: { ...stalled, heapBytes: process.memoryUsage().heapUsed, peakBytes } });
  if (message.begins) peakBytes = 0;
});
process.on('disconnect', () => process.exit(0));

const { resolve } = createRequire(join(setFolder(repositoryRoot(), set), 'package.json'));
const module: unknown = await import(pathToFileURL(resolve('@triplit/server')).href);
const options = {
  jwtSecret,
  logHandler: { log: () => {} },
  ...(schema !== undefined && { dbOptions: { schema: collectionsOf(schema) } }),
};
const start: unknown = await callMember(module, 'createServer', [options]);
if (typeof start !== 'function') throw new TypeError('the server does not start as it is known here');
Reflect.apply(start, undefined, [0, (listening: unknown) => say({ say: 'ready', port: Number(memberOf(listening, 'port')) })]);

function collectionsOf(given: NonNullable<PublishedSetup['schema']>): object {
  const { schema: collections, roles } = schemaOptionsOf(given, given.roles);
  return { collections, roles };
}
