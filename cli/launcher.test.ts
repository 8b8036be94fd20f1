/** The command as it is typed: what only a process of its own can show. */
import { spawn } from 'node:child_process';
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
