/** The command line: finds the verb, runs it, and turns what it throws into one clear line and an exit code. */
import { nearestNames } from '../tools/nearest-names.ts';
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
  if (first === 'help' && rest[0] !== undefined) return tellHelp(rest[0], surroundings);
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    (first === undefined ? surroundings.err : surroundings.out).write(overview());
    return first === undefined ? 2 : 0;
  }
  if (first === '--version' || first === '-v' || first === '-V') {
    surroundings.out.write(`lockstep ${lockstepVersion()}\n`);
    return 0;
  }
  if (rest.includes('--help') || rest.includes('-h')) return tellHelp(first, surroundings);
  return (await verbNamed(first).load()).run(rest, surroundings);
}

async function tellHelp(verb: string, { out }: Surroundings): Promise<ExitCode> {
  out.write((await verbNamed(verb).load()).help);
  return 0;
}

function verbNamed(name: string): VerbEntry {
  const found = verbs.find((verb) => verb.name === name);
  if (found !== undefined) return found;
  if (name.startsWith('-')) throw new UsageError(`unknown option ${name}; see lockstep --help`);
  const known = verbs.map((verb) => verb.name);
  const [nearest] = nearestNames(name, known);
  throw new UsageError(
    `unknown verb "${name}"; ${nearest === undefined ? `the verbs are ${known.join(', ')}` : `did you mean ${nearest}?`}`,
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
    'lockstep help <verb> tells the options of a verb; lockstep --version the version.',
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
