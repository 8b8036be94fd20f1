#!/usr/bin/env node
/** The launcher: plain JavaScript, so that it runs as it is; everything behind it is TypeScript, loaded by tsx. */

// Older ones fail inside of what is loaded later, in words that help nobody.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`lockstep: needs Node 20.19 or later, and this is ${process.versions.node}\n`);
  process.exit(2);
}

// Whoever reads may have had enough (`| head`): what is left unsaid is no error, and the exit code stays what it is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE' && stream === process.stdout) process.exitCode ||= 3;
  });
}

// Where nothing is to be written beside the folder that is named, the loader keeps no cache of its own either.
if (process.argv.some((word) => /^--out(=|$)/u.test(word))) process.env.TSX_DISABLE_CACHE = '1';

process.on('uncaughtException', (error) => {
  process.stderr.write(`lockstep: could not decide, because of an error of its own:\n${error.stack ?? error}\n`);
  process.exit(process.exitCode || 3);
});

const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../cli/main.ts');
const exitCode = await main(process.argv.slice(2));
// A failure that is known stays one.
process.exitCode = process.exitCode || exitCode;
