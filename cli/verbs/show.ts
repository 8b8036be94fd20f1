/** `lockstep show`: one page that tells a run from its trace, or the script as an ordinary test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { knownIssue } from '../../properties/corpus/at-hand.ts';
import type { Fault } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { ruleSentence } from '../../properties/rules.ts';
import { formatScript } from '../../properties/scripts/parse.ts';
import { has, type KnownIssue, sayVersions } from '../../properties/systems/plugin.ts';
import type { NamedSystem } from '../../properties/systems/registry.ts';
import type { Failure } from '../../properties/trace.ts';
import { testText } from '../../reports/page/as-test.ts';
import type { Page } from '../../reports/page/page.ts';
import { pageHtml } from '../../reports/page/page-html.ts';
import { fileNameOf } from '../../reports/page/reproduce.ts';
import { tellStory } from '../../reports/story/tell.ts';
import { styleOf } from '../../reports/terminal/style.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { type Found, isUnchanged } from '../campaign/failure-file.ts';
import { tellFound } from '../campaign/tell-found.ts';
import { cannotBeWritten, checkFolder } from '../check-folder.ts';
import { type Options, readOptions, taking } from '../options.ts';
import { compilePageScript } from '../page-script.ts';
import { type Performed, performScript } from '../perform-script.ts';
import { type ReadScriptFile, readTarget, type ScriptTarget } from '../read-script.ts';
import { commandsFor, readFaultOption, readOneScript, readSystem, sayPath, systemsHelp, withSystem } from '../shared.ts';
import type { ExitCode, Surroundings } from '../verb.ts';
import { lockstepVersion } from '../version.ts';

export const help = `Usage: lockstep show FILE | SEED:RUN [options]

Runs one script and writes a page about it, one self-contained HTML file: what was allowed and what was shown, how it
came, every message and every state of the run. The file may be an entry of the corpus, or a known deviation of the
system. A page is made of runs that hold, too.

  --out DIR       where to write; reports/out/pages/ where not given
  --system NAME   ${systemsHelp('                  ')}
  --versions NAME the set of versions, of a system that comes in several
  --fault FILE    plants a fault in the system first
  --as-test       prints the script as a vitest test instead; with --out writes it there
  --help          prints this

Exit code: 0 the page or the test was made, 2 bad usage or input, 3 could not decide.

Examples: lockstep show reports/out/runs/latest/failures/s7-refreshasked.json
          lockstep show 7:123 --out pages
          lockstep show 7:123 --as-test > properties/handler-asked.test.ts
          lockstep show 7:123 --system websocket
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('show', words, { ...taking('one value', 'out', 'system', 'versions', 'fault'), 'as-test': 'nothing' });
  const asTest = options.has('as-test');
  const target = readTarget(readOneScript('show', options));
  const system = await readSystem(options);
  const folder = readFolder(options, asTest);
  const fault = readFaultOption(options, system);
  tellFound(target, system, fault, surroundings);
  const bundle = await bundleWorker(withSystem(system, fault));
  const performed = await performScript(target, { bundle, world: system.name, keepTrace: !asTest }, surroundings);
  const { outcome } = performed.result;
  const known = await knownIssue(system.name, outcome.outcome === 'failed' ? outcome.failure.known : undefined);
  const shown = { target, performed, system, fault, known, options };
  return asTest ? giveTest(shown, folder, surroundings) : givePage(shown, folder ?? defaultFolder(), surroundings);
}

/** A script that was run, and under which circumstances. */
interface Shown {
  readonly target: ScriptTarget;
  readonly performed: Performed;
  readonly system: NamedSystem;
  readonly fault: Fault | undefined;
  /** The known issue that its failure shows, if it is one. */
  readonly known: KnownIssue | undefined;
  readonly options: Options;
}

async function givePage(shown: Shown, folder: string, surroundings: Surroundings): Promise<ExitCode> {
  const { outcome } = shown.performed.result;
  const path = join(folder, `${fileNameOf(nameOf(shown.target))}.html`);
  write(path, pageHtml(pageOf(shown), await compilePageScript()));
  const style = styleOf(surroundings.out, surroundings.environment);
  surroundings.out.write(`${sayPath(path)}\n`);
  switch (outcome.outcome) {
    case 'held':
      surroundings.out.write(`${style.good(style.bold('HELD'))}\n`);
      return 0;
    case 'failed':
      surroundings.out.write(`${style.bad(style.bold('FAILED'))}  ${sayFailure(outcome.failure)}\n`);
      return 0;
    case 'unknown':
      surroundings.out.write(`${style.unsure(style.bold('COULD NOT DECIDE'))}  ${outcome.why}\n`);
      return 3;
  }
}

function sayFailure({ rule, message, known }: Failure): string {
  return `${rule}: ${message}${known === undefined ? '' : `, known as ${known}`}`;
}

function giveTest(shown: Shown, folder: string | undefined, surroundings: Surroundings): ExitCode {
  if (folder === undefined) {
    surroundings.out.write(testOf(shown, join(repositoryRoot(), 'properties')));
    return 0;
  }
  const path = join(folder, `${fileNameOf(nameOf(shown.target))}.test.ts`);
  write(path, testOf(shown, folder));
  surroundings.out.write(`${sayPath(path)}\n`);
  return 0;
}

/** Checked before the run, so that a complaint comes before the wait; undefined where a test is to be printed. */
function readFolder(options: Options, asTest: boolean): string | undefined {
  const out = options.value('out');
  const folder = out === undefined ? (asTest ? undefined : defaultFolder()) : resolve(out);
  if (folder !== undefined) checkFolder('--out', folder);
  return folder;
}

function defaultFolder(): string {
  return join(repositoryRoot(), 'reports', 'out', 'pages');
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw cannotBeWritten('--out', path, error);
  }
}

function pageOf(shown: Shown): Page {
  const { target, performed, system, options } = shown;
  const { script, result } = performed;
  const { outcome } = result;
  const failure = outcome.outcome === 'failed' ? outcome.failure : null;
  const file = target.target === 'file' ? sayPath(target.path) : nameOf(target).replace('-', ':');
  return {
    name: target.target === 'file' ? basename(target.path) : file,
    verdict: outcome.outcome === 'unknown' ? { verdict: 'undecided', why: outcome.why } : { verdict: outcome.outcome },
    story: storyOf(performed, failure, system),
    facts: factsOf(shown),
    replayCommand: commandsFor(file, system, options.value('fault')).replay,
    script: formatScript(script).trimEnd(),
    test: testOf(shown, join(repositoryRoot(), 'properties')),
    testFile: `properties/${fileNameOf(nameOf(target))}.test.ts`,
  };
}

/** Where nothing shows who shares a group with whom, what stands in the trace is one group for each subscription. */
function storyOf({ script, result }: Performed, failure: Failure | null, { plugin }: NamedSystem): Page['story'] {
  const story = tellStory(script, result.trace, failure, failure === null ? '' : ruleSentence(failure.rule));
  return has(plugin, 'sharingShown') ? story : { ...story, groupBands: [] };
}

function factsOf({ target, performed: { script, result }, system, fault, known }: Shown): Page['facts'] {
  const origin = target.target === 'file' ? originOf(target) : { ...target, shrunkFrom: script.steps.length };
  const entry = target.target === 'file' ? target.entry : null;
  const length = `${script.steps.length}${origin === null || origin.shrunkFrom === script.steps.length ? '' : `, shrunk from ${origin.shrunkFrom}`}`;
  return [
    ...(known === undefined ? [] : [['known as', `${known.name}: ${known.title}`] as const]),
    ...(known !== undefined ? [['cause', known.cause] as const] : entry === null ? [] : [['cause', entry.cause] as const]),
    ...(fault === undefined ? [] : [['planted fault', fault.name] as const]),
    ['steps', length],
    ...(origin === null ? [] : [['seed', `${origin.seed}${origin.run === null ? '' : `, run ${origin.run}`}`] as const]),
    ['profile', script.profile],
    ['system', system.name],
    ...packagesOf(system),
    ['versions', `Lockstep ${lockstepVersion()}, script format ${script.version}`],
    ['trace hash', result.traceHash],
  ];
}

/** A script that was edited since it was found has lost where it came from. */
function originOf({ found, script }: ReadScriptFile): Pick<Found, 'seed' | 'run' | 'shrunkFrom'> | null {
  return found !== null && isUnchanged({ found, script }) ? found : null;
}

function packagesOf({ plugin, version }: NamedSystem): Page['facts'] {
  if (plugin.versions === undefined || version === undefined) return [];
  return [['packages', sayVersions(plugin.versions.contents(version))]];
}

function testOf({ target, performed: { script, result }, system, fault, known }: Shown, folder: string): string {
  const { outcome } = result;
  const title = outcome.outcome === 'failed' ? `${outcome.failure.rule}: ${outcome.failure.message}` : `${nameOf(target)} holds`;
  const up = relative(folder, repositoryRoot()).split(sep).join('/');
  const toRoot = up === '' ? './' : `${up.startsWith('.') ? '' : './'}${up}/`;
  const plantedFault = outcome.outcome === 'failed' ? (fault?.name ?? null) : null;
  const mayBeAbsent = system.plugin.versions !== undefined;
  return testText({ script, title, world: system.name, toRoot, plantedFault, mayBeAbsent, deviation: known?.title ?? null });
}

/** `7-123` for a seed and a run: colons are not for file names everywhere. */
function nameOf(target: ScriptTarget): string {
  return target.target === 'file' ? basename(target.path).replace(/\.json$/u, '') : `${target.seed}-${target.run}`;
}
