import { describe, expect, test } from 'vitest';
import { rules } from '../../properties/rules.ts';
import { kinds } from '../catalogue/catalogue.ts';
import { lockstep } from '../testing/lockstep.test-tools.ts';

describe('explain', () => {
  test('tells every rule in full, without the marks of Markdown, on lines that a terminal holds', async () => {
    for (const { id, title } of rules().values()) {
      const { code, out, err } = await lockstep('explain', id);
      expect([code, err], id).toEqual([0, '']);
      expect(out.startsWith(`${id}  rule\n\n${title}\n`), id).toBe(true);
      expect(out, id).toContain('\nModel: `');
      const prose = out.split('\n').filter((line) => !line.startsWith('|'));
      expect(Math.max(...prose.map((line) => line.length)), id).toBeLessThanOrEqual(110);
    }
  });

  test('tells a planted fault with its rule, its place, what it changes and how to plant it', async () => {
    const { code, out } = await lockstep('explain', 'late-close-hits-new-session');
    expect(code).toBe(0);
    for (const told of [
      'planted fault',
      'S2  The last call wins',
      'in sut/client/',
      '  - ',
      '  + ',
      '--fault properties/faults/late-close-hits-new-session.json',
    ])
      expect(out).toContain(told);
  });

  test('a name of two kinds is told for both, and the folder may be left out', async () => {
    const { out } = await lockstep('explain', 'SERVER-FROZEN');
    expect(out).toContain('server-frozen  planted fault');
    const relation = await lockstep('explain', 'late-subscriber');
    expect(relation.out).toContain('relations/late-subscriber  relation');
  });

  test('what nothing is called is one line, with what may have been meant', async () => {
    expect(await lockstep('explain', 'S77')).toMatchObject({
      code: 2,
      out: '',
      err: 'lockstep: nothing is called "S77"; did you mean S7?\n',
    });
    expect(await lockstep('explain')).toMatchObject({ code: 2, out: '' });
  });
});

describe('list', () => {
  test('without a kind tells the kinds, with their numbers', async () => {
    const { code, out } = await lockstep('list');
    expect(code).toBe(0);
    for (const kind of kinds)
      expect(out).toMatch(new RegExp(`^${kind.name} +${kind.all().length}  ${kind.sentence.replaceAll(/[()]/gu, '.')}$`, 'mu'));
  });

  test('every name that is listed can be explained', async () => {
    for (const { name } of kinds) {
      const { code, out } = await lockstep('list', name, '--json');
      expect(code).toBe(0);
      const listed: readonly { readonly name: string }[] = JSON.parse(out);
      const [first] = listed;
      if (first !== undefined) expect((await lockstep('explain', first.name)).code, first.name).toBe(0);
    }
  });

  test('of one rule alone', async () => {
    const { out } = await lockstep('list', 'faults', '--rule', 'S7');
    const lines = out.trim().split('\n').slice(2, -2);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).toMatch(/^[\w-]+ +S7 /u);
  });

  test('a rule in small letters is that rule, and one that is none is one line', async () => {
    expect((await lockstep('list', 'faults', '--rule', 's7')).out).toContain(' S7 ');
    expect(await lockstep('list', 'faults', '--rule', 'S77')).toMatchObject({
      code: 2,
      err: 'lockstep: --rule does not know "S77"; did you mean S7?\n',
    });
  });

  test('a kind that is none is one line', async () => {
    expect(await lockstep('list', 'fault')).toMatchObject({ code: 2, err: 'lockstep: list does not know "fault"; did you mean faults?\n' });
    expect(await lockstep('list', 'faults', 'corpus')).toMatchObject({ code: 2 });
  });
});

test('help of a verb, and of none', async () => {
  expect((await lockstep('help', 'list')).out).toBe((await lockstep('list', '--help')).out);
  expect((await lockstep('help')).out).toContain('Usage: lockstep <verb>');
  expect(await lockstep('help', 'lst')).toMatchObject({ code: 2, err: 'lockstep: unknown verb "lst"; did you mean list?\n' });
  expect((await lockstep('-V')).out).toBe((await lockstep('--version')).out);
});
