/**
 * Two states side by side: what the model holds and what the system shows, a fact a line, each line that differs
 * marked. What only one of the two can say is not compared, and its other side stays empty.
 */
import { diffArrays } from 'diff';
import type { ProcessStates, StateFact, States } from '../../properties/trace.ts';
import { columnsOf, padEndColumns } from './columns.ts';
import type { Style } from './style.ts';
import { paragraph, sayNumber, wrap } from './text.ts';

interface Row {
  readonly differs: boolean;
  readonly name: string;
  readonly model: string;
  readonly system: string;
}

/** Below this there is no room for two columns; the sides are told one under the other. */
const narrowColumns = 64;

/** `steps` is how many the whole script has. */
export function statesText(states: States, steps: number, style: Style, widthColumns: number): string {
  const lines = states.processes.flatMap((process) => ['', ...processLines(process, style, widthColumns)]);
  return [
    ...wrap(sayMoment(states, steps), widthColumns),
    ...(states.held.length === 0 ? [] : wrap(`Held back: ${states.held.join(', ')}.`, widthColumns)),
    ...lines,
    '',
  ].join('\n');
}

function sayMoment({ afterSteps, atMs }: States, steps: number): string {
  const place = afterSteps === 0 ? 'Before the first step' : `After step ${afterSteps}`;
  return `${place} of ${steps}, ${sayNumber(atMs)} ms into the run. Lines that differ are marked ≠.`;
}

/** How many facts differ. */
export function differencesIn({ processes }: States): number {
  return processes.flatMap(({ facts }) => facts).filter((fact) => rowsOf(fact).some((row) => row.differs)).length;
}

function processLines({ name, facts }: ProcessStates, style: Style, widthColumns: number): readonly string[] {
  const isNarrow = widthColumns < narrowColumns;
  const nameColumns = Math.max(...facts.map((fact) => columnsOf(nameOf(fact))));
  const sideColumns = Math.max(12, Math.floor((widthColumns - nameColumns - 8) / 2));
  const head = isNarrow ? name : `${name.padEnd(nameColumns + 4)}  ${'model'.padEnd(sideColumns)}  system`;
  const sections = facts.map((fact, index) => {
    const isFirstOfItsKind = fact.of !== null && facts[index - 1]?.of?.subscription !== fact.of.subscription;
    const heading = isFirstOfItsKind && fact.of !== null ? [...sayHeading(fact.of, widthColumns)] : [];
    const rows = rowsOf(fact).map((row, place) => (place === 0 ? row : { ...row, name: '' }));
    const said = isNarrow
      ? rows.flatMap((row) => narrowLines(row, fact, widthColumns, style))
      : rows.flatMap((row) => wideLines(row, nameColumns, sideColumns, style));
    return [...heading, ...said];
  });
  return [style.bold(head), ...sections.flat()];
}

function sayHeading({ subscription, query }: NonNullable<StateFact['of']>, widthColumns: number): readonly string[] {
  return paragraph(query === null ? subscription : `${subscription}: ${query}`, widthColumns, '    ', '      ').split('\n');
}

function nameOf({ name, of }: StateFact): string {
  return of === null ? name : `  ${name}`;
}

function rowsOf(fact: StateFact): readonly Row[] {
  const name = nameOf(fact);
  const { model, system } = fact;
  if (model === null || system === null)
    return (model ?? system ?? []).map((line) => ({
      differs: false,
      name,
      model: model === null ? '' : line,
      system: system === null ? '' : line,
    }));
  const rows: Row[] = [];
  let missing: string[] = [];
  const flush = (): void => {
    rows.push(...missing.map((line) => ({ differs: true, name, model: line, system: '' })));
    missing = [];
  };
  for (const { added, removed, value } of diffArrays([...model], [...system])) {
    if (removed) {
      flush();
      missing = [...value];
    } else if (added) {
      // A line that went stands beside the one that came in its place.
      rows.push(...value.map((line, index) => ({ differs: true, name, model: missing[index] ?? '', system: line })));
      missing = missing.slice(value.length);
      flush();
    } else {
      flush();
      rows.push(...value.map((line) => ({ differs: false, name, model: line, system: line })));
    }
  }
  flush();
  return rows;
}

function wideLines({ differs, name, model, system }: Row, nameColumns: number, sideColumns: number, style: Style): readonly string[] {
  const left = breakTo(model, sideColumns);
  const right = breakTo(system, sideColumns);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const mark = differs && index === 0 ? '≠' : ' ';
    const cells = [padEndColumns(index === 0 ? name : '', nameColumns), padEndColumns(left[index] ?? '', sideColumns), right[index] ?? ''];
    const line = `  ${mark} ${cells.join('  ')}`.trimEnd();
    return differs ? style.bad(line) : line;
  });
}

function narrowLines({ differs, name, model, system }: Row, fact: StateFact, widthColumns: number, style: Style): readonly string[] {
  if (!differs) return paragraph(`${name} ${model === '' ? system : model}`.trim(), widthColumns, '    ', '      ').split('\n');
  const of = fact.of === null ? '' : `${fact.of.subscription} `;
  const both = [
    paragraph(`${of}${fact.name}`, widthColumns, '  ≠ '),
    paragraph(`model   ${model || 'nothing'}`, widthColumns, '      ', '        '),
    paragraph(`system  ${system || 'nothing'}`, widthColumns, '      ', '        '),
  ];
  return both.flatMap((text) => text.split('\n')).map((line) => style.bad(line.trimEnd()));
}

/** At spaces, and inside a word that is longer than the line: a column keeps its width. */
function breakTo(text: string, widthColumns: number): readonly string[] {
  return wrap(text, widthColumns).flatMap((line) => {
    const parts: string[] = [];
    let part = '';
    for (const character of line) {
      if (columnsOf(part + character) > widthColumns) {
        parts.push(part);
        part = '';
      }
      part += character;
    }
    return [...parts, part];
  });
}
