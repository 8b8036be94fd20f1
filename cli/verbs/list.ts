/** `lockstep list`: what there is of a kind, a line each. */
import { ruleNames } from '../../properties/rules.ts';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { cutTo, sayCount } from '../../reports/terminal/text.ts';
import { nearestNames } from '../../tools/nearest-names.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { type Kind, kinds, type Named } from '../catalogue/catalogue.ts';
import { readOptions } from '../options.ts';
import type { ExitCode, Surroundings } from '../verb.ts';

export const help = `Usage: lockstep list [KIND] [options]

Lists what has a name, a line each: its name, the rules that it is about, and a sentence. Without a kind it tells the kinds.

${kinds.map(({ name, sentence }) => `  ${name.padEnd(10)} ${sentence}`).join('\n')}

  --rule RULE     only what is about that rule
  --json          prints them as JSON, one list
  --help          prints this

Examples: lockstep list faults --rule S7
          lockstep list failures
`;

/** Where nothing is known of the terminal: whole sentences, as a pipe wants them. */
const wide = Number.MAX_SAFE_INTEGER;

export async function run(words: readonly string[], { out }: Surroundings): Promise<ExitCode> {
  const options = readOptions('list', words, { rule: 'one value', json: 'nothing' });
  const [asked, more] = options.positionals;
  if (more !== undefined) throw new UsageError(`list takes one kind, not ${JSON.stringify(more)} as well`);
  if (asked === undefined) {
    if (options.has('rule') || options.has('json'))
      throw new UsageError(`list needs a kind for that: ${kinds.map(({ name }) => name).join(', ')}`);
    out.write(`${kindsText()}\n`);
    return 0;
  }
  const kind = kindNamed(asked);
  const rule = readRule(options.value('rule'));
  const listed = kind.all().filter((one) => rule === undefined || one.rules.includes(rule) || one.name === rule);
  out.write(
    options.has('json')
      ? `${JSON.stringify(listed, null, 2)}\n`
      : `${listText(kind, listed, out.isTTY === true ? (out.columns ?? 80) : wide)}\n`,
  );
  return 0;
}

/** Upper and lower case are alike. */
function readRule(asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const found = ruleNames().find((name) => name.toLowerCase() === asked.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestNames(asked, ruleNames());
  throw new UsageError(`--rule does not know ${JSON.stringify(asked)}${near.length === 0 ? '' : `; did you mean ${near.join(', or ')}?`}`);
}

function kindNamed(asked: string): Kind {
  const found = kinds.find(({ name }) => name === asked);
  if (found !== undefined) return found;
  const names = kinds.map(({ name }) => name);
  const [nearest] = nearestNames(asked, names);
  throw new UsageError(
    `list does not know ${JSON.stringify(asked)}${nearest === undefined ? `; there are ${names.join(', ')}` : `; did you mean ${nearest}?`}`,
  );
}

function kindsText(): string {
  const columns: readonly Column[] = [
    { title: 'kind', align: 'left' },
    { title: 'how many', align: 'right' },
    { title: 'what', align: 'left' },
  ];
  const rows = kinds.map((kind) => [kind.name, String(kind.all().length), kind.sentence]);
  return `${tableText(columns, rows)}\n\nlockstep list KIND lists them; lockstep explain NAME tells one.`;
}

function listText({ one }: Kind, listed: readonly Named[], widthColumns: number): string {
  if (listed.length === 0) return `no ${one}`;
  const titles: readonly Column[] = [
    { title: 'name', align: 'left' },
    { title: 'rule', align: 'left' },
    { title: 'what', align: 'left' },
  ];
  const hasRules = listed.some(({ rules }) => rules.length > 0);
  const columns = titles.filter(({ title }) => title !== 'rule' || hasRules);
  const rows = listed.map(({ name, rules, sentence }) => [name, ...(hasRules ? [rules.join(' ')] : []), sentence]);
  const table = tableText(columns, rows).split('\n');
  return [...table.map((line) => cutTo(line, widthColumns)), '', sayCount(listed.length, one)].join('\n');
}
