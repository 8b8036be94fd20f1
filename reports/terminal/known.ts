/** The known deviations that ended runs, one a line; how many showed in their own scripts alone is one line for all of them. */
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { type KnownRow, knownRows } from '../explored/known.ts';
import { columnsOf } from './columns.ts';
import { tableText } from './table.ts';
import { cutTo, paragraph, sayNumber } from './text.ts';

const indent = '  ';
/** Below this a title says nothing, and is left out. */
const leastTitleColumns = 24;

/** Empty where none showed. `verbose`: those too that showed in their own scripts alone. */
export function knownTable(simulation: Simulation, widthColumns: number, verbose = false): string {
  const shown = knownRows(simulation);
  const told = verbose ? shown : shown.filter(({ runs }) => runs > 0);
  const untold = shown.length - told.length;
  const rest = `${sayNumber(untold)} ${told.length === 0 ? 'showed' : 'more showed'} in their own scripts alone; --verbose names them`;
  return [
    ...(told.length === 0 ? [] : [tableOf(told, widthColumns)]),
    ...(untold === 0 ? [] : [paragraph(rest, widthColumns, indent)]),
  ].join('\n');
}

function tableOf(rows: readonly KnownRow[], widthColumns: number): string {
  const before = indent.length + 'rule'.length + 'runs'.length + Math.max(...rows.map(({ name }) => columnsOf(name))) + '      '.length;
  const room = widthColumns - before;
  const columns = [
    { title: 'rule', align: 'left' },
    { title: 'runs', align: 'right' },
    { title: 'known deviation', align: 'left' },
    ...(room < leastTitleColumns ? [] : [{ title: '', align: 'left' } as const]),
  ] as const;
  const cells = rows.map(({ rule, runs, name, title }) => [rule, sayNumber(runs), name, cutTo(title, room)]);
  return tableText(columns, cells)
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}
