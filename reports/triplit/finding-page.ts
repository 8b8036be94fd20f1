/** One finding as a page of its own: the promise, what happens instead, the cause, the shortest script, and the program that shows it. */
import { sayStep } from '../../properties/scripts/words.ts';
import type { Deviation } from '../../properties/systems/triplit/deviations.ts';
import type { Finding } from '../../properties/systems/triplit/finding.ts';
import { fenced, folded, plain, withCode } from '../markdown/text.ts';
import { saySetting } from '../story/setting.ts';

const folder = 'sut/triplit/deviations';

/** `alike`: the others that the same change mends. */
export function findingMarkdown(finding: Finding, alike: readonly Finding[]): string {
  const { name, rule, title, fixedIn } = finding.deviation;
  const overSocket = finding.reproduction.transport === 'WebSocket';
  const parts = [
    `# ${plain(title)}`,
    `<!-- Written by \`npm run findings\` from ${folder}/${name}.json. -->`,
    `[All findings](../findings.md) · [${rule}](../../model/SPEC.md${finding.ruleAnchor})`,
    facts(finding).join('\n'),
    ...changeText(finding, alike),
    '## The shortest script',
    ...scriptText(finding.deviation),
    '## The packages alone',
    `The program uses nothing but the packages, ${overSocket ? 'over a real WebSocket on loopback' : 'without a connection'}:`,
    fenced([fixedIn === null ? `npx tsx ${folder}/${name}.ts` : `npm run reproductions -- --only ${name} --versions older`], 'sh'),
    folded(`${name}.ts`, fenced(finding.reproduction.text.trimEnd().split('\n'), 'ts')),
  ];
  return `${parts.join('\n\n')}\n`;
}

function facts({ deviation, promise, reproduction, family }: Finding): readonly string[] {
  const { rule, cause, fixedIn, versions, severity } = deviation;
  return [
    `- **Severity:** ${severity} (${plain(family)})`,
    `- **Promised:** ${rule}, ${withCode(promise)}`,
    ...(reproduction.expected === null ? [] : [`- **Expected here:** ${plain(reproduction.expected)}`]),
    `- **Cause,** as far as known, in \`${deviation.package}\`: ${withCode(cause)}`,
    `- **Seen in:** ${sayVersions(versions)}`,
    ...(fixedIn === null ? [] : [`- **Mended in:** ${sayVersions(fixedIn)}`]),
  ];
}

function changeText({ change }: Finding, alike: readonly Finding[]): readonly string[] {
  if (change === null || alike.length === 0) return [];
  const others = alike.map(({ deviation }) => `- [${plain(deviation.title)}](${deviation.name}.md)`);
  return ['## One change mends it and others', plain(change), others.join('\n')];
}

function scriptText({ name, script, versions, fixedIn }: Deviation): readonly string[] {
  if (script === null) return ['It needs what scripts have no words for; its reproduction alone shows it.'];
  const width = String(script.steps.length).length;
  return [
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

/** Packages with their versions, as Markdown. */
export function sayVersions(versions: Deviation['versions']): string {
  return Object.entries(versions)
    .map(([packageName, version]) => `\`${packageName}\` ${version}`)
    .join(', ');
}
