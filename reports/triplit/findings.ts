/**
 * What was found in the published packages, as pages for those who write and use them: one page on all of it, the worst
 * first, and one for each finding. Of what is withheld they tell the number alone.
 */
import type { Severity } from '../../properties/systems/triplit/deviations.ts';
import type { Finding, ReproductionTransport } from '../../properties/systems/triplit/finding.ts';
import { fenced, plain } from '../markdown/text.ts';
import { sayCount } from '../terminal/text.ts';
import { findingMarkdown, sayVersions } from './finding-page.ts';

const folder = 'sut/triplit/deviations';

/** The pages by their paths below `docs/`. `findings` in the order in which they are to be told. */
export function findingsPages(findings: readonly Finding[]): Readonly<Record<string, string>> {
  const shown = findings.filter(({ isWithheld }) => !isWithheld);
  const pages = shown.map((finding) => [pathOf(finding), findingMarkdown(finding, alikeOf(finding, shown))]);
  return { 'findings.md': findingsMarkdown(findings), ...Object.fromEntries(pages) };
}

function alikeOf(finding: Finding, shown: readonly Finding[]): readonly Finding[] {
  if (finding.deviation.fixedIn !== null) return [];
  return shown.filter((other) => other !== finding && isStanding(other) && other.deviation.change === finding.deviation.change);
}

function pathOf({ deviation }: Finding): string {
  return `findings/${deviation.name}.md`;
}

function isStanding({ deviation }: Finding): boolean {
  return deviation.fixedIn === null;
}

/** The page on all of them. */
export function findingsMarkdown(findings: readonly Finding[]): string {
  const shown = findings.filter(({ isWithheld }) => !isWithheld);
  const standing = shown.filter(isStanding);
  const fixed = shown.filter((finding) => !isStanding(finding));
  const parts = [
    '# What was found in the published packages',
    '<!-- Written by `npm run findings` from sut/triplit/deviations/. -->',
    `Lockstep plays generated scripts to the packages of the sync system Triplit as they are on npm, and compares all that they
show with a model of what is promised. This page lists where the two differ. Each finding has a page of its own.`,
    sayFindings(findings),
    `Seen in ${usualVersions(standing)}, unless a finding says that it is another version.`,
    '## By severity',
    severityTable(standing),
    '## One change mends these',
    changesList(standing),
    ...severities.flatMap((severity) => section(severity, standing)),
    ...fixedText(fixed),
    ...readingText(),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The worst first. */
const severities: readonly Severity[] = ['high', 'medium', 'low'];

const meanings: Readonly<Record<Severity, string>> = {
  high: 'A write is lost, applied twice or stored against the schema, or results stay wrong. Nobody is told.',
  medium: 'A session, a connection or a subscription stands still, begins or ends unasked, or an error reaches nobody.',
  low: 'A callback too many or too few, an error with the wrong name, a limit missed by little.',
};

function severityTable(standing: readonly Finding[]): string {
  const rows = severities.map((severity) => {
    const count = standing.filter(({ deviation }) => deviation.severity === severity).length;
    return row([count === 0 ? titleOf(severity) : `[${titleOf(severity)}](#${severity})`, String(count), meanings[severity]]);
  });
  return [row(['severity', 'findings', 'what it means']), row(['---', '--:', '---']), ...rows].join('\n');
}

function titleOf(severity: Severity): string {
  return `${severity[0]?.toUpperCase() ?? ''}${severity.slice(1)}`;
}

/** The changes that mend most come first. */
function changesList(standing: readonly Finding[]): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of standing) {
    if (finding.change !== null) groups.set(finding.change, [...(groups.get(finding.change) ?? []), finding]);
  }
  return [...groups]
    .filter(([, mended]) => mended.length > 1)
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([change, mended]) => [`- ${plain(change)}`, ...mended.map((finding) => `  - ${linkTo(finding)}`)].join('\n'))
    .join('\n');
}

function section(severity: Severity, standing: readonly Finding[]): readonly string[] {
  const found = standing.filter(({ deviation }) => deviation.severity === severity);
  return found.length === 0 ? [] : [`## ${titleOf(severity)}`, overview(found)];
}

function fixedText(fixed: readonly Finding[]): readonly string[] {
  if (fixed.length === 0) return [];
  return ['## Mended since', 'The same scripts saw these in older versions. Newer ones do not show them.', overview(fixed)];
}

function readingText(): readonly string[] {
  return [
    '## How to read and repeat them',
    `The rules are those of [SPEC](../model/SPEC.md). Where the documentation of the packages promises something else, that promise
counts ([profile](../sut/triplit/README.md#profile)). What nobody promises is not compared. A rule may still ask for more than
the maintainers meant to; then the finding says where the two part.`,
    fenced(
      [
        'npx lockstep published install             # the packages, beside the project',
        'npm run reproductions                      # every reproduction on this page',
        `npx lockstep replay ${folder}/NAME.json --system published`,
        `npx lockstep show ${folder}/NAME.json --system published    # on one page, message by message`,
      ],
      'sh',
    ),
    `What touches security is reported to the maintainers in private ([SECURITY](../SECURITY.md)). It is missing here and in
\`npm run reproductions\` until \`sut/triplit/disclosed.json\` names it.`,
  ];
}

/** The figures in a few sentences. */
export function sayFindings(findings: readonly Finding[]): string {
  const withheld = findings.filter((finding) => isStanding(finding) && finding.isWithheld).length;
  const standing = findings.filter((finding) => isStanding(finding) && !finding.isWithheld);
  const families = [...new Set(standing.map(({ family }) => `_${plain(family)}_`))];
  const lengths = standing
    .flatMap(({ deviation: { script } }) => (script === null ? [] : [script.steps.length]))
    .sort((one, other) => one - other);
  const unscripted = standing.length - lengths.length;
  const overSockets = standing.filter(({ reproduction }) => reproduction.transport === 'WebSocket').length;
  const without = unscripted === 0 ? '' : `; ${unscripted} ${unscripted === 1 ? 'has' : 'have'} none, for want of words`;
  const found = `${sayCount(standing.length, 'difference')} in ${listed(families)}, each met by generated scripts and told by a shrunk one (${sayCount(middleOf(lengths), 'step')} in the median, ${lengths.at(-1) ?? 0} at most${without}).`;
  const confirmed = `Each was confirmed by a program that uses the packages alone, ${overSockets === standing.length ? 'all' : overSockets} of them over real WebSockets on loopback.`;
  const more = withheld === 0 ? '' : ` ${withheld} more ${withheld === 1 ? 'touches' : 'touch'} security and go to the maintainers first.`;
  return `${found} ${confirmed}${more}`;
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
  const rows = findings.map((finding) => {
    const { deviation, family, reproduction, ruleAnchor } = finding;
    return row([
      `[${deviation.rule}](../model/SPEC.md${ruleAnchor})`,
      linkTo(finding),
      `\`${deviation.package}\``,
      plain(family),
      String(deviation.script?.steps.length ?? '–'),
      transportWords[reproduction.transport],
    ]);
  });
  return [
    row(['rule', 'what happens', 'package', 'family', 'steps', 'confirmed over']),
    row(['---', '---', '---', '---', '--:', '---']),
    ...rows,
  ].join('\n');
}

function linkTo(finding: Finding): string {
  return `[${plain(finding.deviation.title)}](${pathOf(finding)})`;
}

export const transportWords: Readonly<Record<ReproductionTransport, string>> = { WebSocket: 'real sockets', none: 'no connection' };

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
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
