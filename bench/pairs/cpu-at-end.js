/** Loaded into a process before anything else: at its end it writes down how much CPU time it used, threads included. */
import { appendFileSync } from 'node:fs';

const file = process.env.CPU_FILE;
if (file !== undefined) process.once('exit', () => appendFileSync(file, `${JSON.stringify(process.cpuUsage())}\n`));
