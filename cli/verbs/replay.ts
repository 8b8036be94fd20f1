/** `lockstep replay`: one script again, and the page about its first divergence. */

import { knownIssue } from '../../properties/corpus/at-hand.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import type { Script } from '../../properties/scripts/script.ts';
import type { KnownIssue } from '../../properties/systems/plugin.ts';
import type { RunResult } from '../../properties/trace.ts';
import { failurePageText } from '../../reports/terminal/failure-page.ts';
import { differencesIn, statesText } from '../../reports/terminal/states.ts';
import { type Style, styleOf, widthOf } from '../../reports/terminal/style.ts';
import { paragraph, sayCount } from '../../reports/terminal/text.ts';
import { traceText } from '../../reports/terminal/trace.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { tellFound } from '../campaign/tell-found.ts';
import { defaultPort, mostPort, performInspected } from '../inspect-script.ts';
import { type Options, readOptions, taking, wholeIn } from '../options.ts';
import { type Performed, performScript } from '../perform-script.ts';
import { readTarget } from '../read-script.ts';
import { failurePage, quote, readFaultOption, readOneScript, readSystem, systemsHelp, withSystem } from '../shared.ts';
import type { ExitCode, Surroundings } from '../verb.ts';

export const help = `Usage: lockstep replay FILE | SEED:RUN [options]

Runs one script, from a file or drawn from a seed, and tells the first divergence from the model. The file may be
an entry of the corpus (properties/corpus/); a fault that it names is planted only by --fault. What the file says of the
system, the fault and the commit that it was found with is told, and a warning where it is run with others.

  --system NAME     ${systemsHelp('                    ')}
  --versions NAME   the set of versions, of a system that comes in several
  --fault FILE      plants a fault in the system first
  --trace           prints every event of the run, one a line
  --until N         stops after step N, at quiescence, and prints the state of the model beside that of the system
                    (0: before the first step; where steps race, those after N are left out of the race)
  --inspect[=PORT]  waits for a debugger on PORT (9229), and pauses just before the step that fails
  --help            prints this

A failure that is a known deviation of the system is told as that. The run did diverge, so it exits with 1 all the same.

Examples: lockstep replay reports/out/runs/latest/failures/s7-refreshasked.json
          lockstep replay 7:123 --trace | grep ' c1 '
          lockstep replay 7:123 --until 5
          lockstep replay reports/out/runs/latest/failures/s7-refreshasked.json --inspect
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('replay', words, {
    ...taking('one value', 'system', 'versions', 'fault', 'until'),
    trace: 'nothing',
    inspect: 'a value or nothing',
  });
  const target = readTarget(readOneScript('replay', options));
  const until = wholeIn(options, 'until', 0);
  if (target.target === 'file') checkUntil(until, target.script);
  const system = await readSystem(options);
  const fault = readFaultOption(options, system);
  tellFound(target, system, fault, surroundings);
  const request = withSystem(system, fault);
  const how = { world: system.name, keepTrace: true, until };
  const performed = options.has('inspect')
    ? await performInspected(target, { ...how, request, port: wholeIn(options, 'inspect', 0, mostPort) ?? defaultPort }, surroundings)
    : await performScript(target, { ...how, bundle: await bundleWorker(request) }, surroundings);
  checkUntil(until, performed.script);
  const { outcome } = performed.result;
  const known = await knownIssue(system.name, outcome.outcome === 'failed' ? outcome.failure.known : undefined);
  const exitCode = report(performed, known, options.has('trace'), surroundings);
  if (outcome.outcome === 'failed') surroundings.out.write(sayNext(words, options, outcome.failure.step, performed.script));
  return exitCode;
}

/** What helps next, as it is to be typed; nothing where the moment was looked at already. */
function sayNext(words: readonly string[], options: Options, step: number, { relation, steps }: Script): string {
  if (options.has('until')) return '';
  const asked = words.filter((word) => !/^--(trace|inspect(=.*)?)$/u.test(word)).map(quote);
  const again = `npx lockstep replay ${asked.join(' ')}`;
  const commands = [
    ...(relation === undefined ? [`${again} --until ${Math.min(step + 1, steps.length)}`] : []),
    ...(options.has('trace') ? [] : [`${again} --trace`]),
    ...(options.has('inspect') ? [] : [`${again} --inspect`]),
    `npx lockstep show ${asked.join(' ')}`,
  ];
  return `\n  Next:\n${commands.map((command) => `    ${command}\n`).join('')}`;
}

/** Of a script that is drawn it is known only afterwards how many steps it has. */
function checkUntil(until: number | undefined, script: Script): void {
  if (until === undefined) return;
  if (script.relation !== undefined) throw new UsageError('--until: this is the script of a relation, which no model judges');
  const steps = script.steps.length;
  if (until > steps) throw new UsageError(`--until must be a whole number from 0 to ${steps}, the steps of the script, not "${until}"`);
}

function report({ script, result }: Performed, known: KnownIssue | undefined, tellsTrace: boolean, surroundings: Surroundings): ExitCode {
  const { out } = surroundings;
  const style = styleOf(out, surroundings.environment);
  const widthColumns = widthOf(out);
  if (tellsTrace) {
    const cutTo = out.isTTY === true ? (out.columns ?? null) : null;
    out.write(`${traceText(result.trace, { style, widthColumns: cutTo, steps: script.steps.length })}\n\n`);
  }
  if (result.states !== undefined) out.write(`${statesText(result.states, script.steps.length, style, widthColumns)}\n`);
  const { outcome } = result;
  switch (outcome.outcome) {
    case 'held':
      out.write(`${sayHeld(result, style)}\n`);
      return 0;
    case 'failed':
      out.write(failurePageText(failurePage(outcome.failure, script, undefined, undefined, result.trace), style, widthColumns));
      if (known !== undefined) out.write(`\n${sayKnown(known, style, widthColumns)}\n`);
      return 1;
    case 'unknown':
      out.write(`${style.unsure(style.bold('COULD NOT DECIDE'))}  ${outcome.why}\n`);
      return 3;
  }
}

function sayKnown({ name, title, cause }: KnownIssue, style: Style, widthColumns: number): string {
  return paragraph(`KNOWN  ${name}: ${title}.\n${cause}`, widthColumns, '', '       ').replace('KNOWN', style.unsure(style.bold('KNOWN')));
}

function sayHeld(result: RunResult, style: Style): string {
  if (result.states === undefined) {
    const counts = `${sayCount(result.steps, 'step')}, ${sayCount(result.commands, 'command')}, ${result.skipped} skipped`;
    return `${style.good(style.bold('HELD'))}  ${counts}; trace hash ${result.traceHash}`;
  }
  const differences = differencesIn(result.states);
  const why = differences === 0 ? '' : `; ${sayCount(differences, 'fact')} above may differ as long as something is held back`;
  return `${style.good(style.bold('EQUAL SO FAR'))}  nothing was shown that the model does not allow${why}`;
}
