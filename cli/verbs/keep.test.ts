import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCorpus } from '../../properties/corpus/corpus.ts';
import { formatScript } from '../../properties/scripts/parse.ts';
import type { Script, Step } from '../../properties/scripts/script.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { type Called, lockstep } from '../testing/lockstep.test-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-keep-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const corpus = join(folder, 'corpus');

function keep(...words: string[]): Promise<Called> {
  return lockstep('keep', ...words, '--into', corpus);
}

/** A session that is replaced; with the fault its late close event hits the new one. */
function start(lifetimeMs: number | null): Step {
  const token = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs, validFromMs: null, flaw: 'none' } as const;
  return { do: 'startSession', client: 'c1', token, connect: true, refresh: null };
}
const script: Script = {
  version: 1,
  profile: 'by hand',
  configuration: {
    clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
    authentication: 'HS256',
    claimsPath: null,
    rows: {},
  },
  steps: [start(null), { do: 'advance', ms: 5 }, start(0), { do: 'disconnect', client: 'c1' }],
};
const file = join(folder, 'script.json');
writeFileSync(file, formatScript(script));
const fault = join(repositoryRoot(), 'properties', 'faults', 'late-close-hits-new-session.json');

describe('keep', () => {
  test('shrinks what fails, names it, and refuses the class from then on', async () => {
    const { code, out } = await keep(file, '--fault', fault);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^kept .*late-close-hits-new-session\.json\n {2}S2 {2}c1 drew chance that nothing called for\n {2}2 steps, shrunk from 4; /u,
    );
    expect(readCorpus(corpus)).toEqual([
      {
        name: 'planted/late-close-hits-new-session',
        rule: 'S2',
        class: 'S2 drew unasked',
        cause: 'A late close event of an old socket hits the new session.',
        fault: 'late-close-hits-new-session.json',
        script: { ...script, steps: [start(null), start(0)] },
      },
    ]);
    expect(await keep(file, '--fault', fault, '--name', 'another')).toEqual({
      code: 2,
      out: '',
      err: 'lockstep: planted/late-close-hits-new-session is there already, of the same fault: late-close-hits-new-session.json\n',
    });
  });

  test('does not boast of shrinking what is as short as it gets', async () => {
    const short = join(folder, 'short.json');
    writeFileSync(short, formatScript({ ...script, steps: [start(null), start(0)] }));
    const { out } = await lockstep('keep', short, '--fault', fault, '--into', join(folder, 'second'));
    expect(out).toContain('\n  2 steps, already as short as it gets\n');
  });

  test('refuses a folder that cannot be one before anything is run', async () => {
    const refused = (path: string) => ({ code: 2, out: '', err: `lockstep: --into: ${path} cannot be written (ENOTDIR)\n` });
    expect(await lockstep('keep', file, '--into', file)).toEqual(refused(file));
    expect(await lockstep('keep', file, '--fault', fault, '--into', file)).toEqual(refused(join(file, 'planted')));
  });

  test('refuses a script that holds', async () => {
    expect(await keep(file)).toEqual({ code: 2, out: '', err: `lockstep: ${file} holds: nothing to keep\n` });
  });

  test.each<[string, string[], RegExp]>([
    ['nothing', [], /keep needs a FILE or SEED:RUN/],
    ['two scripts', [file, file], /keep takes one script, not also/],
    ['a name that is no file name', [file, '--name', '../x'], /--name must be small letters and digits/],
    ['a cause that says nothing', [file, '--cause', ' '], /--cause must say something/],
    ['a fault from elsewhere', [file, '--fault', file], /a fault has no key|keep takes faults of properties\/faults\/ only/],
    ['an option of another verb', [file, '--runs', '1'], /keep has no option --runs/],
  ])('refuses %s', async (_, words, complaint) => {
    const { code, out, err } = await keep(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(complaint);
  });
});
