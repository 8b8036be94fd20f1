/** Everything that has a name here: what `lockstep list` tells and `lockstep explain` finds. One kind an entry of the table. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checks } from '../../properties/checks/index.ts';
import { corpusFolder, readCorpus } from '../../properties/corpus/corpus.ts';
import { scopes } from '../../properties/exhaust/scopes/index.ts';
import { faultFiles, faultsFolder, isCanary, readFault, sentenceOf } from '../../properties/faults/fault.ts';
import { relations } from '../../properties/relations/index.ts';
import { lawsBeside, rules } from '../../properties/rules.ts';
import { systems } from '../../properties/systems/registry.ts';
import { parseJson } from '../../tools/json.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { readFailureFile } from '../campaign/failure-file.ts';
import { sayPath } from '../shared.ts';

/** Something with a name. */
export interface Named {
  readonly name: string;
  /** The rules that it is about; none where it is about no one. */
  readonly rules: readonly string[];
  /** What it is, in a sentence. */
  readonly sentence: string;
  /** What is worth knowing besides, a line each. */
  readonly details?: readonly string[];
  /** Text that is not to be wrapped, a line each. */
  readonly quoted?: readonly string[];
  /** Commands that go on from here. */
  readonly commands?: readonly string[];
}

export interface Kind {
  /** In the plural, as `lockstep list` takes it. */
  readonly name: string;
  readonly one: string;
  readonly sentence: string;
  all(): readonly Named[];
}

export const kinds: readonly Kind[] = [
  { name: 'rules', one: 'rule', sentence: 'the specification, and the laws beside it', all: allRules },
  { name: 'faults', one: 'planted fault', sentence: 'mistakes that can be planted in the system (mutants)', all: allFaults },
  { name: 'corpus', one: 'script of the corpus', sentence: 'scripts that failed once, and one for each planted fault', all: allScripts },
  { name: 'failures', one: 'failure', sentence: 'what the campaigns on this machine found', all: allFailures },
  { name: 'systems', one: 'system', sentence: 'what can be put to the test', all: allSystems },
  { name: 'checks', one: 'check', sentence: 'what watches each run', all: allChecks },
  { name: 'relations', one: 'relation', sentence: 'laws about two runs, without a model', all: allRelations },
  { name: 'scopes', one: 'scope', sentence: 'scenarios so small that every schedule of them is run', all: allScopes },
];

function allRules(): readonly Named[] {
  const numbered = [...rules().values()].map(({ id, title, law }) => ({ name: id, rules: [], sentence: `${title}. ${law}` }));
  const beside = [...lawsBeside()].map(([name, law]) => ({ name, rules: [], sentence: law }));
  return [...numbered, ...beside];
}

function allFaults(): readonly Named[] {
  return faultFiles().map((file): Named => {
    const path = join(faultsFolder(), file);
    const { name, rule, file: place, find, replace } = readFault(path);
    const short = basename(file, '.json');
    return {
      name: short,
      rules: [rule],
      sentence: sentenceOf(name),
      details: [`in ${place}`, ...(isCanary(file) ? ['It changes nothing: no check may notice it.'] : [])],
      quoted: [...linesOf('-', find), ...linesOf('+', replace)],
      commands: [`npx lockstep simulate --fault ${sayPath(path)}`, `npm run faults -- --only ${short}`],
    };
  });
}

function linesOf(sign: string, text: string): readonly string[] {
  return text === '' ? [] : text.split('\n').map((line) => `${sign} ${line}`);
}

function allScripts(): readonly Named[] {
  return readCorpus().map(({ name, rule, class: failureClass, cause, fault }): Named => {
    const planted = fault === null ? '' : ` --fault ${sayPath(join(faultsFolder(), fault))}`;
    const path = sayPath(join(corpusFolder(), `${name}.json`));
    return {
      name,
      rules: [rule],
      sentence: cause,
      details: failureClass === null ? [] : [fault === null ? `failed as ${failureClass}` : `with its fault it fails as ${failureClass}`],
      commands: [`npx lockstep replay ${path}${planted}`, `npx lockstep show ${path}${planted}`],
    };
  });
}

/** The latest campaign first. */
function allFailures(): readonly Named[] {
  const runs = join(repositoryRoot(), 'reports', 'out', 'runs');
  if (!existsSync(runs)) return [];
  const campaigns = readdirSync(runs, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return campaigns.sort().flatMap((campaign) => failuresIn(join(runs, campaign, 'failures'), campaign));
}

function failuresIn(folder: string, campaign: string): readonly Named[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file): Named => {
    const path = join(folder, file);
    const { found, script } = readFailureFile(parseJson(readFileSync(path, 'utf8'), path));
    return {
      name: `${campaign}/${basename(file, '.json')}`,
      rules: [found.rule],
      sentence: found.message,
      details: [
        `class ${found.class}, ${script.steps.length} steps, on ${found.system}${found.fault === null ? '' : `, with ${found.fault.path}`}`,
      ],
      commands: [`npx lockstep replay ${sayPath(path)}`, `npx lockstep show ${sayPath(path)}`],
    };
  });
}

function allSystems(): readonly Named[] {
  return systems.map(({ name, sentence, capabilities, versions }) => ({
    name,
    rules: [],
    sentence,
    details: [`has ${capabilities.join(', ')}`, ...(versions === undefined ? [] : ['comes in versions: lockstep published --help'])],
    commands: [`npx lockstep simulate --system ${name}`],
  }));
}

function allChecks(): readonly Named[] {
  return checks.map(({ name, sentence, rules: enforced }) => ({ name, rules: enforced, sentence }));
}

function allRelations(): readonly Named[] {
  return relations.map(({ name, sentence, rules: lookedAfter }) => ({
    name: `relations/${name}`,
    rules: lookedAfter,
    sentence,
    commands: [`npx lockstep simulate --only relations/${name}`],
  }));
}

function allScopes(): readonly Named[] {
  return scopes.map(({ name, sentence, rules: tested }) => ({
    name,
    rules: tested,
    sentence,
    commands: [`npm run exhaust -- --only ${name}`],
  }));
}
