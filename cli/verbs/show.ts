/** `lockstep show`: one page that tells a run from its trace, or the script as an ordinary test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { ruleSentence } from '../../properties/rules.ts';
import { formatScript } from '../../properties/scripts/parse.ts';
import type { Failure, Outcome, WorldName } from '../../properties/trace.ts';
import { type Deviation, readDeviations } from '../../properties/triplit/deviations.ts';
import { publishedSetOf } from '../../properties/triplit/set.ts';
import { testText } from '../../reports/page/as-test.ts';
import type { Page, PageVerdict } from '../../reports/page/page.ts';
import { pageHtml } from '../../reports/page/page-html.ts';
import { fileNameOf } from '../../reports/page/reproduce.ts';
import { tellStory } from '../../reports/story/tell.ts';
import { styleOf } from '../../reports/terminal/style.ts';
import { installedVersions } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { cannotBeWritten, checkFolder } from '../check-folder.ts';
import { type Options, readOptions } from '../options.ts';
import { readOrigin } from '../origin.ts';
import { compilePageScript } from '../page-script.ts';
import { type Performed, performScript } from '../perform-script.ts';
import { readTarget, type ScriptTarget } from '../read-script.ts';
import { commandsFor, readFaultOption, readSystem, sayPath } from '../shared.ts';
import type { ExitCode, Surroundings, Verb } from '../verb.ts';
import { lockstepVersion } from '../version.ts';

const help = `Usage: lockstep show FILE | SEED:RUN [options]

Runs one script and writes a page about it, one self-contained HTML file: what was allowed and what was shown, how it
came, every message and every state of the run. The file may be an entry of the corpus, or a known deviation of the
published packages (sut/triplit/deviations/). A page is made of runs that hold, too.

  --out DIR       where to write; reports/out/pages/ where not given
  --system NAME   simulated (the default), websocket or published
  --versions NAME the set of published packages
  --fault FILE    plants a fault in the system first
  --as-test       prints the script as a vitest test instead; with --out writes it there
  --help          prints this

Exit code: 0 the page or the test was made, 2 bad usage or input, 3 could not decide.

Examples: lockstep show reports/out/failures/s7-refreshasked.json
          lockstep show 7:123 --out pages
          lockstep show 7:123 --as-test > properties/handler-asked.test.ts
          lockstep show sut/triplit/deviations/refused-token-kept.json --system published
`;

export const showVerb: Verb = { help, run };

async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('show', words, {
    out: 'one value',
    system: 'one value',
    versions: 'one value',
    fault: 'one value',
    'as-test': 'nothing',
  });
  const [named, unexpected] = options.positionals;
  if (named === undefined) throw new UsageError('show needs a FILE or SEED:RUN; see lockstep show --help');
  if (unexpected !== undefined) throw new UsageError(`show takes one script, not also "${unexpected}"`);
  const asTest = options.has('as-test');
  const target = readTarget(named);
  const world = readSystem(options);
  const folder = readFolder(options, asTest);
  const bundle = await bundleWorker({ fault: readFaultOption(options) });
  const performed = await performScript(target, { bundle, world, keepTrace: !asTest }, surroundings);
  if (performed === undefined) return 3;
  if (asTest) return giveTest(target, performed, { options, folder }, surroundings);
  return givePage(target, performed, { options, folder: folder ?? defaultFolder() }, surroundings);
}

async function givePage(
  target: ScriptTarget,
  performed: Performed,
  { options, folder }: { readonly options: Options; readonly folder: string },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { outcome } = performed.result;
  const path = join(folder, `${fileNameOf(nameOf(target))}.html`);
  write(path, pageHtml(pageOf(target, performed, options), await compilePageScript()));
  const style = styleOf(surroundings.out, surroundings.environment);
  surroundings.out.write(`${sayPath(path)}\n`);
  switch (outcome.outcome) {
    case 'held':
      surroundings.out.write(`${style.good(style.bold('HELD'))}\n`);
      return 0;
    case 'failed':
      surroundings.out.write(
        `${style.bad(style.bold('FAILED'))}  ${outcome.failure.rule}: ${outcome.failure.message}${sayKnown(outcome.failure)}\n`,
      );
      return 0;
    case 'unknown':
      surroundings.out.write(`${style.unsure(style.bold('COULD NOT DECIDE'))}  ${outcome.why}\n`);
      return 3;
  }
}

function sayKnown({ known }: Failure): string {
  return known === undefined ? '' : `, known as ${known}`;
}

function giveTest(
  target: ScriptTarget,
  performed: Performed,
  { options, folder }: { readonly options: Options; readonly folder: string | undefined },
  surroundings: Surroundings,
): ExitCode {
  if (folder === undefined) {
    surroundings.out.write(testOf(target, performed, options, join(repositoryRoot(), 'properties')));
    return 0;
  }
  const path = join(folder, `${fileNameOf(nameOf(target))}.test.ts`);
  write(path, testOf(target, performed, options, folder));
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

function pageOf(target: ScriptTarget, performed: Performed, options: Options): Page {
  const { script, result } = performed;
  const failure = result.outcome.outcome === 'failed' ? result.outcome.failure : null;
  const file = target.target === 'file' ? sayPath(target.path) : nameOf(target).replace('-', ':');
  return {
    name: target.target === 'file' ? basename(target.path) : file,
    verdict: verdictOf(result.outcome),
    story: storyOf(performed, failure, readSystem(options)),
    facts: factsOf(target, performed, options),
    replayCommand: commandsFor(file, readSystem(options), options).replay,
    script: formatScript(script).trimEnd(),
    test: testOf(target, performed, options, join(repositoryRoot(), 'properties')),
    testFile: `properties/${fileNameOf(nameOf(target))}.test.ts`,
  };
}

/** Nothing of published packages shows who shares a group with whom: what stands in their traces is one group for each subscription. */
function storyOf({ script, result }: Performed, failure: Failure | null, world: WorldName): Page['story'] {
  const story = tellStory(script, result.trace, failure, failure === null ? '' : ruleSentence(failure.rule));
  return publishedSetOf(world) === undefined ? story : { ...story, groupBands: [] };
}

function verdictOf(outcome: Outcome): PageVerdict {
  return outcome.outcome === 'unknown' ? { verdict: 'undecided', why: outcome.why } : { verdict: outcome.outcome };
}

function factsOf(target: ScriptTarget, { script, result }: Performed, options: Options): Page['facts'] {
  const fault = readFaultOption(options);
  const origin =
    target.target === 'file' ? readOrigin(target.path) : { seed: target.seed, run: target.run, shrunkFrom: script.steps.length };
  const entry = target.target === 'file' ? target.entry : null;
  const world = readSystem(options);
  const set = publishedSetOf(world);
  const known = knownAs(result.outcome);
  const length = `${script.steps.length}${origin === null || origin.shrunkFrom === script.steps.length ? '' : `, shrunk from ${origin.shrunkFrom}`}`;
  return [
    ...(known === undefined ? [] : [['known as', `${known.name}: ${known.title}`] as const]),
    ...(known !== undefined ? [['cause', known.cause] as const] : entry === null ? [] : [['cause', entry.cause] as const]),
    ...(fault === undefined ? [] : [['planted fault', fault.name] as const]),
    ['steps', length],
    ...(origin === null ? [] : [['seed', `${origin.seed}${origin.run === null ? '' : `, run ${origin.run}`}`] as const]),
    ['profile', script.profile],
    ['system', world],
    ...(set === undefined ? [] : [['packages', sayPackages(set)] as const]),
    ['versions', `Lockstep ${lockstepVersion()}, script format ${script.version}`],
    ['trace hash', result.traceHash],
  ];
}

/** The known deviation that a failure shows, if it is one. */
function knownAs(outcome: Outcome): Deviation | undefined {
  const known = outcome.outcome === 'failed' ? outcome.failure.known : undefined;
  return known === undefined ? undefined : readDeviations(repositoryRoot()).find(({ name }) => name === known);
}

function sayPackages(set: string): string {
  return Object.entries(installedVersions(repositoryRoot(), set))
    .map(([packageName, version]) => `${packageName} ${version}`)
    .join(', ');
}

function testOf(target: ScriptTarget, { script, result }: Performed, options: Options, folder: string): string {
  const { outcome } = result;
  const title = outcome.outcome === 'failed' ? `${outcome.failure.rule}: ${outcome.failure.message}` : `${nameOf(target)} holds`;
  const up = relative(folder, repositoryRoot()).split(sep).join('/');
  const toRoot = up === '' ? './' : `${up.startsWith('.') ? '' : './'}${up}/`;
  const fault = outcome.outcome === 'failed' ? readFaultOption(options) : undefined;
  const world = readSystem(options);
  const set = publishedSetOf(world);
  const published = set === undefined ? undefined : { set, deviation: knownAs(outcome)?.title ?? null };
  return testText({ script, title, world, toRoot, plantedFault: fault?.name ?? null, published });
}

/** `7-123` for a seed and a run: colons are not for file names everywhere. */
function nameOf(target: ScriptTarget): string {
  return target.target === 'file' ? basename(target.path).replace(/\.json$/u, '') : `${target.seed}-${target.run}`;
}
