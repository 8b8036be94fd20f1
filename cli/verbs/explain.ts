/** `lockstep explain`: a rule in full, or whatever else has that name. */
import { rules } from '../../properties/rules.ts';
import { styleOf } from '../../reports/terminal/style.ts';
import { paragraph } from '../../reports/terminal/text.ts';
import { nearestNames } from '../../tools/nearest-names.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { type Kind, kinds, type Named } from '../catalogue/catalogue.ts';
import { markdownText } from '../catalogue/markdown-text.ts';
import { readOptions } from '../options.ts';
import type { ExitCode, Surroundings } from '../verb.ts';

export const help = `Usage: lockstep explain NAME…

Tells a rule in full, as the specification has it (model/SPEC.md), with the faults that are planted for it; or whatever
else has that name: a planted fault, a script of the corpus, a failure, a system, a check, a relation, a scope. The folder
before a name may be left out.

  --help          prints this

Examples: lockstep explain S6
          lockstep explain late-close-hits-new-session
          lockstep explain relations/late-subscriber
`;

/** A line that the eye follows to its end. */
const widestColumns = 110;

interface Found {
  readonly kind: Kind;
  readonly named: Named;
}

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { positionals } = readOptions('explain', words, {});
  if (positionals.length === 0) throw new UsageError('explain needs a name, such as S6; lockstep list tells what has one');
  const everything = kinds.flatMap((kind) => kind.all().map((named): Found => ({ kind, named })));
  const found = positionals.flatMap((name) => findAll(everything, name));
  const { out } = surroundings;
  const widthColumns = Math.min(out.columns ?? widestColumns, widestColumns);
  const style = styleOf(out, surroundings.environment);
  const texts = found.map((one) => {
    const title = `${one.named.name}  ${style.dim(one.kind.one)}`;
    return `${title}\n\n${isNumbered(one) ? ruleText(one.named.name, everything, widthColumns) : plainText(one.named, widthColumns)}`;
  });
  out.write(`${texts.join('\n\n\n')}\n`);
  return 0;
}

function isNumbered({ kind, named }: Found): boolean {
  return kind.name === 'rules' && rules().has(named.name);
}

/** Upper and lower case are alike, and the folder before a name may be left out. */
function findAll(everything: readonly Found[], asked: string): readonly Found[] {
  const wanted = asked.toLowerCase();
  const whole = everything.filter(({ named }) => named.name.toLowerCase() === wanted);
  const found = whole.length > 0 ? whole : everything.filter(({ named }) => named.name.toLowerCase().endsWith(`/${wanted}`));
  if (found.length > 0) return found;
  const near = [
    ...new Set(
      nearestNames(
        asked,
        everything.map(({ named }) => named.name),
      ),
    ),
  ];
  const hint = near.length === 0 ? 'lockstep list tells what there is' : `did you mean ${near.join(', or ')}?`;
  throw new UsageError(`nothing is called ${JSON.stringify(asked)}; ${hint}`);
}

function ruleText(id: string, everything: readonly Found[], widthColumns: number): string {
  const rule = rules().get(id);
  if (rule === undefined) return '';
  const faults = everything.filter(({ kind, named }) => kind.name === 'faults' && named.rules.includes(id)).map(({ named }) => named.name);
  const planted = faults.length === 0 ? [] : [`Planted faults:\n${paragraph(faults.join(', '), widthColumns, '  ')}`];
  return [paragraph(rule.title, widthColumns), markdownText(rule.text, widthColumns), ...planted].join('\n\n');
}

function plainText({ rules: about, sentence, details = [], quoted = [], commands = [] }: Named, widthColumns: number): string {
  const parts = [
    [paragraph(sentence, widthColumns)],
    about.map((rule) => paragraph(sayRule(rule), widthColumns, `${rule}  `)),
    details.map((line) => paragraph(line, widthColumns, '  ')),
    quoted.map((line) => `  ${line}`),
    commands.map((command) => `  ${command}`),
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

function sayRule(rule: string): string {
  const known = rules().get(rule);
  return known === undefined ? rule : `${known.title}: ${known.law}`;
}
