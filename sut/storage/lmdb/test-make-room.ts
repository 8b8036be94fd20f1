/** Takes away the bound on the length of files that a test put on this process, as if somebody had made room on the disk. */
import { execFileSync } from 'node:child_process';

export function makeRoom(): void {
  execFileSync('prlimit', ['--pid', `${process.pid}`, '--fsize=unlimited']);
}
