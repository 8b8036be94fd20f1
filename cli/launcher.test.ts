/** The command as it is typed: what only a process of its own can show. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../tools/repository-root.ts';

test('a reader that has had enough (`| head`) ends it quietly', async () => {
  const lockstep = spawn(process.execPath, ['bin/lockstep.js', '--help'], { cwd: repositoryRoot() });
  lockstep.stdout.destroy();
  let said = '';
  lockstep.stderr.on('data', (data) => {
    said += String(data);
  });
  const code = await new Promise<number | null>((resolve) => lockstep.on('close', resolve));
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

test.skipIf(!existsSync('/dev/full'))('what a full disk swallows was not told: that is no success', async () => {
  const full = openSync('/dev/full', 'w');
  const lockstep = spawn(process.execPath, ['bin/lockstep.js', '--version'], { cwd: repositoryRoot(), stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  let said = '';
  lockstep.stderr?.on('data', (data) => {
    said += String(data);
  });
  const code = await new Promise<number | null>((resolve) => lockstep.on('close', resolve));
  expect({ code, said }).toEqual({ code: 3, said: 'lockstep: standard output cannot be written (ENOSPC)\n' });
});
