/** The known deviations that showed, one a line. */
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { knownRows } from '../explored/known.ts';
import { columnsOf } from './columns.ts';
import { tableText } from './table.ts';
import { sayNumber } from './text.ts';

const indent = '  ';
/** Below this a title says nothing, and is left out. */
const leastTitleColumns = 24;

/** Empty where none did. Titles are cut to the width: the files of the deviations have them whole. */
export function knownTable(simulation: Simulation, widthColumns: number): string {
  const rows = knownRows(simulation);
  if (rows.length === 0) return '';
  const before = indent.length + 'rule'.length + 'runs'.length + Math.max(...rows.map(({ name }) => columnsOf(name))) + '      '.length;
  const room = widthColumns - before;
  const columns = [
    { title: 'rule', align: 'left' },
    { title: 'runs', align: 'right' },
    { title: 'known deviation', align: 'left' },
    ...(room < leastTitleColumns ? [] : [{ title: '', align: 'left' } as const]),
  ] as const;
  const cells = rows.map(({ rule, runs, name, title }) => [rule, sayNumber(runs), name, cut(title, room)]);
  return tableText(columns, cells)
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}

function cut(title: string, widthColumns: number): string {
  return columnsOf(title) <= widthColumns ? title : `${title.slice(0, Math.max(0, widthColumns - 1)).trimEnd()}…`;
}
