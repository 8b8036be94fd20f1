/** However a campaign ends, nothing that is known is lost: processes of their own, ended in every way. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readJournal } from '../../properties/simulate/journal/read.ts';
import { comparable } from '../testing/comparable.test-tools.ts';
import { lockstep } from '../testing/lockstep.test-tools.ts';
import { type Ended, startLockstep } from '../testing/process.test-tools.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lockstep-ends-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A small system, so that its runs are quick; with the fault one of the first fails. */
const toy = ['--system', './examples/toy/adapter.ts', '--seed', '7', '--workers', '1'];
const faulty = [...toy, '--fault', 'examples/toy/expiry-unnoticed.json'];
const many = ['--runs', '1000000'];
const met = /failed in run \d+: /u;

function folder(name: string): string {
  return join(scratch, name);
}

/** Nothing unfinished lies beside them. */
function failureFiles(campaign: string): readonly string[] {
  const names = readdirSync(join(campaign, 'failures'));
  expect(names.filter((name) => !name.endsWith('.json'))).toEqual([]);
  return names;
}

function expectKnown({ code, out }: Pick<Ended, 'code' | 'out'>, campaign: string): void {
  expect(out).toMatch(/^FAILED {2}/mu);
  expect(out).toContain(`Replay it:  npx lockstep replay ${join(campaign, 'failures')}/`);
  expect(code).toBe(1);
  expect(failureFiles(campaign)).not.toEqual([]);
  expect(readJournal(campaign).campaign.seed).toBe(7);
}

describe('a signal to end', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: what failed is shrunk and told', async (signal) => {
    const out = folder(signal);
    const process = startLockstep(['simulate', ...faulty, ...many, '--out', out]);
    await process.says(met);
    process.signal(signal);
    const ended = await process.ended;
    expectKnown(ended, out);
    expect(ended.out).toMatch(/no step can be left out/u);
    expect(ended.err).toContain(`lockstep: npx lockstep resume ${out} goes on with it`);
    expect(existsSync(join(out, 'report.json'))).toBe(true);
  });

  test('a second one ends it at once, with what is known', async () => {
    const out = folder('twice');
    const process = startLockstep(['simulate', ...faulty, ...many, '--out', out]);
    await process.says(met);
    process.signal('SIGINT');
    await process.says(/ending with what there is/u);
    process.signal('SIGTERM');
    expectKnown(await process.ended, out);
  });

  test('where nothing failed nothing is decided', async () => {
    const out = folder('nothing');
    const process = startLockstep(['simulate', ...toy, ...many, '--out', out]);
    await process.says(/1,000,000 runs/u);
    process.signal('SIGTERM');
    const { code, out: said } = await process.ended;
    expect(said).toMatch(/^COULD NOT DECIDE {2}.*interrupted before the end/mu);
    expect(code).toBe(3);
  });
});

describe('a process that is killed', () => {
  test('is gone on with, and comes to the same as one that ran through', async () => {
    const [killed, whole] = [folder('killed'), folder('whole')];
    const runs = ['--runs', '60'];
    const process = startLockstep(['simulate', ...faulty, ...runs, '--out', killed]);
    await process.says(met);
    process.signal('SIGKILL');
    expect(await process.ended).toMatchObject({ code: null });
    expect(failureFiles(killed)).not.toEqual([]);
    expect(existsSync(join(killed, 'report.json'))).toBe(false);
    const [resumed, through] = [
      await lockstep('resume', killed, '--workers', '2'),
      await lockstep('simulate', ...faulty, ...runs, '--out', whole),
    ];
    expect([resumed.code, through.code]).toEqual([1, 1]);
    expect(comparable(killed)).toEqual(comparable(whole));
    // All is done: it is told again, and nothing is run.
    const again = await lockstep('resume', killed);
    expect([again.code, again.err.includes('goes on at run 60')]).toEqual([1, true]);
    expect(comparable(killed)).toEqual(comparable(whole));
  });

  test('may have left its last line unfinished', async () => {
    const out = folder('torn');
    expect((await lockstep('simulate', ...toy, '--runs', '70', '--out', out)).code).toBe(0);
    const whole = comparable(out);
    const path = join(out, 'journal.jsonl');
    const journal = readFileSync(path, 'utf8');
    writeFileSync(path, journal.slice(0, journal.lastIndexOf('"hashes"')));
    expect((await lockstep('resume', out)).code).toBe(0);
    expect(comparable(out)).toEqual(whole);
    expect(readJournal(out).segments.flatMap(({ hashes }) => hashes)).toHaveLength(70);
  });
});

describe('files that cannot be written', () => {
  test.skipIf(!existsSync('/dev/full'))('a full disk: the failure is told first, then that, and it stays a failure', async () => {
    const out = folder('full');
    mkdirSync(join(out, 'report.json'), { recursive: true });
    writeFileSync(join(out, 'failures'), '');
    symlinkSync('/dev/full', join(out, 'journal.jsonl'));
    const { code, out: said, err } = await lockstep('simulate', ...faulty, '--runs', '10', '--out', out);
    expect(code).toBe(1);
    expect(said).toMatch(/Replay it: {2}npx lockstep replay 7:\d+ --system/u);
    const complaints = err.split('\n').filter((line) => line.includes('could not be written'));
    expect(complaints[0]).toMatch(/journal\.jsonl could not be written \(ENOSPC\)$/u);
    expect(complaints[1]).toMatch(/failures\/.*\.json could not be written \(E(EXIST|NOTDIR)\)$/u);
    expect(complaints.at(-1)).toMatch(/report\.json could not be written \(EISDIR\)$/u);
  });

  const permission = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const mayWrite = (place: string): readonly string[] => [
    permission,
    '--allow-fs-read=*',
    `--allow-fs-write=${place}/*`,
    '--allow-worker',
    '--allow-child-process',
  ];

  test('--out writes nothing elsewhere, no cache either', async () => {
    const out = folder('only');
    mkdirSync(out);
    const words = ['simulate', ...faulty, '--runs', '10', '--out', out];
    const { code, err } = await startLockstep(words, { node: mayWrite(out) }).ended;
    expect(code).toBe(1);
    expect(err).not.toContain('could not be written');
    expect(readdirSync(out).sort()).toEqual(['failures', 'journal.jsonl', 'report.json', 'summary.html']);
  });

  test('a checkout that cannot be written runs, and says where it writes', async () => {
    const temporary = folder('temporary');
    mkdirSync(temporary);
    const how = { node: mayWrite(temporary), environment: { TMPDIR: temporary } };
    const { code, err } = await startLockstep(['simulate', ...faulty, '--runs', '10'], how).ended;
    expect(code).toBe(1);
    const [, base = ''] = /so this goes to (\S+)/u.exec(err) ?? [];
    expect(failureFiles(join(base, '7-1'))).not.toEqual([]);
  });
});
