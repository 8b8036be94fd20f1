#!/usr/bin/env node
/** The launcher: plain JavaScript, so that it runs as it is; everything behind it is TypeScript, loaded by tsx. */
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
