import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { loadAdapter, readAdapter } from './load-adapter.ts';

const path = join(repositoryRoot(), 'examples', 'toy', 'adapter.ts');
const folder = mkdtempSync(join(tmpdir(), 'lockstep-adapter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an adapter', () => {
  test('may lie anywhere, and takes its packages from there or from here', async () => {
    const elsewhere = join(folder, 'adapter.ts');
    writeFileSync(
      elsewhere,
      `import { decodeJwt } from 'jose';\nimport toy from ${JSON.stringify(path)};\nexport default { ...toy, name: decodeJwt.name };\n`,
    );
    expect((await loadAdapter(elsewhere)).name).toBe('decodeJwt');
  });

  test.each<[string, string, RegExp]>([
    ['nothing', 'export const system = 1;', /exports no system by default/u],
    ['no system', 'export default 1;', /exports no system by default/u],
    ['a system without a part', 'export default { name: "x", sentence: "x" };', /lacks "capabilities", which must be a list of names/u],
    ['what does not compile', 'export default {', /does not compile/u],
    ['what throws', 'throw new Error("too old"); export default {};', /cannot be loaded: too old/u],
  ])('is refused where it exports %s', async (name, text, complaint) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.ts`);
    writeFileSync(file, text);
    await expect(loadAdapter(file)).rejects.toThrow(UsageError);
    await expect(loadAdapter(file)).rejects.toThrow(complaint);
  });

  test('is refused where it claims what there is not', () => {
    const parts = { name: 'x', sentence: 'x', createClient: () => {}, createServer: () => {}, describe: () => {}, describeClose: () => {} };
    expect(() => readAdapter({ ...parts, capabilities: ['session'] }, 'a.ts')).toThrow(
      'there is no capability "session"; near it: sessions',
    );
    expect(() => readAdapter({ ...parts, capabilities: ['writes'] }, 'a.ts')).toThrow('at least the capability "sessions"');
    expect(() => readAdapter({ ...parts, describe: undefined, capabilities: ['sessions'] }, 'a.ts')).toThrow('lacks "describe"');
  });
});
