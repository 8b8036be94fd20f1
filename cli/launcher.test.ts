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

test.each(['18.20.1', '20.18.3'])('Node %s is refused in one line', async (version) => {
  const pretends = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const preload = `data:text/javascript,${encodeURIComponent(pretends)}`;
  const lockstep = spawn(process.execPath, ['--import', preload, 'bin/lockstep.js', '--version'], { cwd: repositoryRoot() });
  let said = '';
  for (const stream of [lockstep.stdout, lockstep.stderr]) {
    stream.on('data', (data) => {
      said += String(data);
    });
  }
  const code = await new Promise<number | null>((resolve) => lockstep.on('close', resolve));
  expect({ code, said }).toEqual({ code: 2, said: `lockstep: needs Node 20.19 or later, and this is ${version}\n` });
});
