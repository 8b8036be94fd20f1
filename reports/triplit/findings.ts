/** What was found in the published packages, as a page for those who write and use them: facts, each with what shows it. */

import { sayStep } from '../../properties/scripts/words.ts';
import type { Deviation } from '../../properties/systems/triplit/deviations.ts';
import type { Finding, ReproductionTransport } from '../../properties/systems/triplit/finding.ts';
import { fenced, folded, plain, withCode } from '../markdown/text.ts';
import { saySetting } from '../story/setting.ts';
import { sayCount } from '../terminal/text.ts';

const folder = 'sut/triplit/deviations';

/** `findings` in the order in which they are to be told, those of a family together. */
export function findingsMarkdown(findings: readonly Finding[]): string {
  const standing = findings.filter(({ deviation }) => deviation.fixedIn === null);
  const fixed = findings.filter(({ deviation }) => deviation.fixedIn !== null);
  const families = [...new Set(standing.map(({ family }) => family))];
  const usual = usualVersions(standing);
  const parts = [
    '# What was found in the published packages',
    '<!-- Written by `npm run findings` from sut/triplit/deviations/. -->',
    ...introduction(standing, usual),
    ...families.flatMap((family) => [
      `## ${plain(family)}`,
      ...standing.filter((finding) => finding.family === family).flatMap((finding) => findingText(finding, usual)),
    ]),
    ...fixedText(fixed),
  ];
  return `${parts.join('\n\n')}\n`;
}

function fixedText(fixed: readonly Finding[]): readonly string[] {
  if (fixed.length === 0) return [];
  return [
    '## Mended since',
    'Seen by the same scripts in older versions, and gone from the versions named on. They need a set of those older versions.',
    overview(fixed),
    ...fixed.flatMap((finding) => findingText(finding, '')),
  ];
}

function introduction(findings: readonly Finding[], usual: string): readonly string[] {
  return [
    `Lockstep plays generated scripts to the packages of the sync system Triplit as they are on npm, client and server unchanged and
through their public entries, in virtual time, and compares all that they show with a model of what is promised. This page tells where
the two differ, so that it can be mended: the promise, what happens instead, the cause as far as known, the shortest script that shows
it, and a program that shows it by the packages alone.`,
    `The rules are those of [SPEC](../model/SPEC.md). Where the documentation of the packages promises something else, that promise
counts ([profile](../sut/triplit/README.md#profile)), and what nobody promises is not compared. A rule may still ask for more than
its maintainers meant to; then the finding tells where the two part.`,
    `Some of it touches security: what ends the process of a server, and what shows rows past permissions or past the end of a token. Where
that stands unmended, it is told to the maintainers in private, before this page is published.`,
    sayFindings(findings),
    `Seen in ${usual}, unless a finding says otherwise. To see them:`,
    fenced(
      [
        'npx lockstep published install             # the packages, beside the project',
        'npm run reproductions                      # every reproduction on this page',
        `npx lockstep replay ${folder}/NAME.json --system published`,
        `npx lockstep show ${folder}/NAME.json --system published    # on one page, message by message`,
      ],
      'sh',
    ),
    overview(findings),
  ];
}

/** The figures in two sentences. */
export function sayFindings(findings: readonly Finding[]): string {
  const standing = findings.filter(({ deviation }) => deviation.fixedIn === null);
  const families = [...new Set(standing.map(({ family }) => `_${plain(family)}_`))];
  const lengths = standing
    .flatMap(({ deviation: { script } }) => (script === null ? [] : [script.steps.length]))
    .sort((one, other) => one - other);
  const unscripted = standing.length - lengths.length;
  const overSockets = standing.filter(({ reproduction }) => reproduction.transport === 'WebSocket').length;
  const without = unscripted === 0 ? '' : `; ${unscripted} ${unscripted === 1 ? 'has' : 'have'} none, for want of words`;
  const found = `${sayCount(standing.length, 'difference')} in ${listed(families)}, each met by generated scripts and told by a shrunk one (${sayCount(middleOf(lengths), 'step')} in the median, ${lengths.at(-1) ?? 0} at most${without}).`;
  return `${found} Each was confirmed by a program that uses the packages alone, ${overSockets === standing.length ? 'all' : overSockets} of them over real WebSockets on loopback.`;
}

const told = { begin: '<!-- findings -->', end: '<!-- /findings -->' } as const;

/** The README with those figures between its two marks. */
export function withFindings(readme: string, findings: readonly Finding[]): string {
  const [before, rest] = readme.split(told.begin);
  const after = rest?.split(told.end)[1];
  if (before === undefined || after === undefined) throw new TypeError(`the README has no ${told.begin} … ${told.end}`);
  return `${before}${told.begin}${sayFindings(findings)}${told.end}${after}`;
}

function overview(findings: readonly Finding[]): string {
  const rows = findings.map(({ deviation, family, reproduction, ruleAnchor }) =>
    row([
      `[${deviation.rule}](../model/SPEC.md${ruleAnchor})`,
      `[${plain(deviation.title)}](#${deviation.name})`,
      `\`${deviation.package}\``,
      plain(family),
      String(deviation.script?.steps.length ?? '–'),
      transportWords[reproduction.transport],
    ]),
  );
  return [
    row(['rule', 'what happens', 'package', 'family', 'steps', 'confirmed over']),
    row(['---', '---', '---', '---', '--:', '---']),
    ...rows,
  ].join('\n');
}

function findingText({ deviation, promise, reproduction }: Finding, usual: string): readonly string[] {
  const { name, rule, title, cause, fixedIn } = deviation;
  const versions = sayVersions(deviation.versions);
  const facts = [
    `- **Promised:** ${rule}, ${withCode(promise)}`,
    ...(reproduction.expected === null ? [] : [`- **Expected here:** ${plain(reproduction.expected)}`]),
    `- **Cause,** as far as known, in \`${deviation.package}\`: ${withCode(cause)}`,
    ...(versions === usual ? [] : [`- **Seen in:** ${versions}`]),
    ...(fixedIn === null ? [] : [`- **Mended in:** ${sayVersions(fixedIn)}`]),
  ];
  return [
    `<a id="${name}"></a>`,
    `### ${rule}: ${plain(title)}`,
    facts.join('\n'),
    ...scriptText(deviation),
    `The packages alone, ${reproduction.transport === 'WebSocket' ? 'over a real WebSocket on loopback' : 'without a connection'}:`,
    fenced([fixedIn === null ? `npx tsx ${folder}/${name}.ts` : `npm run reproductions -- --only ${name} --versions older`], 'sh'),
    folded(`${name}.ts`, fenced(reproduction.text.trimEnd().split('\n'), 'ts')),
  ];
}

function scriptText({ name, script, versions, fixedIn }: Deviation): readonly string[] {
  if (script === null) return ['It needs what scripts have no words for; its reproduction alone shows it.'];
  const width = String(script.steps.length).length;
  return [
    'The shortest script:',
    fenced([saySetting(script), ...script.steps.map((step, index) => `  ${String(index + 1).padStart(width)}  ${sayStep(step)}`)]),
    fenced(
      fixedIn === null
        ? [`npx lockstep replay ${folder}/${name}.json --system published`]
        : [installCommand(versions), `npx lockstep replay ${folder}/${name}.json --system published --versions older`],
      'sh',
    ),
  ];
}

function installCommand(versions: Deviation['versions']): string {
  const options = Object.entries(versions).map(([packageName, version]) => `--${packageName.replace('@triplit/', '')} ${version}`);
  return `npx lockstep published install ${options.join(' ')} --name older`;
}

export const transportWords: Readonly<Record<ReproductionTransport, string>> = { WebSocket: 'real sockets', none: 'no connection' };

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function sayVersions(versions: Deviation['versions']): string {
  return Object.entries(versions)
    .map(([packageName, version]) => `\`${packageName}\` ${version}`)
    .join(', ');
}

/** The versions that most findings were seen in. */
function usualVersions(findings: readonly Finding[]): string {
  const told = findings.map(({ deviation }) => sayVersions(deviation.versions));
  const counts = new Map<string, number>();
  for (const versions of told) counts.set(versions, (counts.get(versions) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

/** Of an even number the lower one, which was really seen. */
function middleOf(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
