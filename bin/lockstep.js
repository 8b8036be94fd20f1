#!/usr/bin/env node
/** The launcher: plain JavaScript, so that it runs as it is; everything behind it is TypeScript, loaded by tsx. */
import { register } from 'tsx/esm/api';

// Whoever reads may have had enough (`| head`): what is left unsaid is no error, and the exit code stays what it is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

register();
const { main } = await import('../cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
