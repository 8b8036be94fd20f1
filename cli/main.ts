/** The command line: finds the verb, runs it, and turns what it throws into one clear line and an exit code. */
import { UsageError } from '../tools/usage-error.ts';
import { type ExitCode, type Surroundings, Undecided } from './verb.ts';
import { type VerbEntry, verbs } from './verbs.ts';
import { lockstepVersion } from './version.ts';

export async function main(words: readonly string[], surroundings: Surroundings = processSurroundings()): Promise<ExitCode> {
  let hasFailed = false;
  const failureKnown = (): void => {
    hasFailed = true;
    surroundings.failureKnown();
  };
  try {
    return await dispatch(words, { ...surroundings, failureKnown });
  } catch (error) {
    const isUsage = error instanceof UsageError;
    surroundings.err.write(`lockstep: ${isUsage ? error.message : `could not decide${sayWhy(error)}`}\n`);
    return hasFailed ? 1 : isUsage ? 2 : 3;
  }
}

async function dispatch(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const [first, ...rest] = words;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    (first === undefined ? surroundings.err : surroundings.out).write(overview());
    return first === undefined ? 2 : 0;
  }
  if (first === '--version' || first === '-v') {
    surroundings.out.write(`lockstep ${lockstepVersion()}\n`);
    return 0;
  }
  const verb = await verbNamed(first).load();
  if (rest.includes('--help') || rest.includes('-h')) {
    surroundings.out.write(verb.help);
    return 0;
  }
  return verb.run(rest, surroundings);
}

function verbNamed(name: string): VerbEntry {
  const found = verbs.find((verb) => verb.name === name);
  if (found !== undefined) return found;
  const known = verbs.map((verb) => verb.name).join(', ');
  throw new UsageError(
    name.startsWith('-') ? `unknown option ${name}; see lockstep --help` : `unknown verb "${name}"; the verbs are ${known}`,
  );
}

function overview(): string {
  const longest = Math.max(...verbs.map((verb) => verb.name.length));
  return [
    'Lockstep: property and simulation tests for sync software.',
    '',
    'Usage: lockstep <verb> [options]',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(longest)}  ${verb.summary}`),
    '',
    'lockstep <verb> --help tells the options of a verb; lockstep --version the version.',
    'Exit code: 0 held, 1 a property failed, 2 bad usage or input, 3 could not decide.',
    '',
  ].join('\n');
}

function sayWhy(error: unknown): string {
  if (error instanceof Undecided) return `: ${error.message}`;
  return `, because of an error of its own:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function processSurroundings(): Surroundings {
  return {
    out: process.stdout,
    err: process.stderr,
    environment: process.env,
    startMs: 0,
    onInterrupt: (callback) => {
      for (const signal of endSignals) process.on(signal, callback);
      return () => {
        for (const signal of endSignals) process.off(signal, callback);
      };
    },
    failureKnown: () => {
      process.exitCode = 1;
    },
  };
}
