/**
 * Heat maps of what met what: a cell that was visited is shaded by its count, one that was never visited though it can
 * be stands out with a cross, and where nothing can ever be there is nothing.
 */
import type { Family } from '../explored/families.ts';
import { sayCount } from '../terminal/text.ts';
import { drawPlot, labelPxOf, Plot, sayBriefly, shade } from './plot.ts';

/** Between a label and the first cell of its row. */
const cellGapPx = 16;

interface HeatCell {
  readonly x: string;
  readonly y: string;
  readonly facet: string;
  readonly count: number;
  readonly shade: number;
  readonly text: string;
  readonly title: string;
}

/** `OPEN×heard pong`: the event is a row, the status a column. */
export function drawStates(family: Family, widthPx: number): string {
  const cells = cellsOf(family, ([status = '', event = '']) => ({ x: status, y: event, facet: '' }));
  const events = byKind(inOrder(cells.map(({ y }) => y)));
  const frame = { widthPx, label: 'Counts of what happened to clients, by the status of their session' };
  return drawPlot(frame, {
    ...rowsOf(events),
    height: events.length * 19 + 56,
    marginTop: 44,
    marginBottom: 6,
    x: { ...columns, domain: inOrder(cells.map(({ x }) => x)), axis: 'top' },
    marks: marksOf(cells, {}, 11),
  });
}

/** `open×cut abrupt×live`: the fault is a row, the phase of the subscription a column, the phase of the session a panel. */
export function drawStrikes(family: Family, widthPx: number): string {
  const cells = cellsOf(family, ([phase = '', fault = '', subscription = '']) => ({ x: subscription, y: fault, facet: phase }));
  const faults = inOrder(cells.map(({ y }) => y));
  const phases = inOrder(cells.map(({ facet }) => facet));
  const frame = { widthPx, label: 'Counts of faults, by the phase of the session and of the subscription that they struck' };
  return drawPlot(frame, {
    ...rowsOf(faults),
    height: faults.length * 23 + 140,
    marginTop: 30,
    marginBottom: 84,
    fx: { domain: phases, label: null, padding: 0.06, tickFormat: (phase: string) => `session ${phase}` },
    x: { ...columns, domain: subscriptionOrder(cells), tickRotate: -60 },
    marks: marksOf(cells, { fx: 'facet' }, 9),
  });
}

const columns = { type: 'band', label: null, tickSize: 0, padding: 0.06 } as const;

/** A row for each name, with the name at its left. */
function rowsOf(names: readonly string[]): Plot.PlotOptions {
  const y = { type: 'band', domain: names, label: null, tickSize: 0, padding: 0.1 } as const;
  return { y, marginLeft: labelPxOf(names) + cellGapPx, marginRight: 6, opacity: { type: 'identity' } };
}

function marksOf(cells: readonly HeatCell[], facet: { readonly fx?: string }, fontSize: number): Plot.Markish[] {
  const visited = cells.filter(({ count }) => count > 0);
  const never = cells.filter(({ count }) => count === 0);
  const place = { x: 'x', y: 'y', title: 'title', ...facet };
  return [
    Plot.cell(visited, { ...place, fill: 'var(--accent)', fillOpacity: 'shade', rx: 2 }),
    Plot.cell(never, { ...place, fill: 'var(--bad-ground)', stroke: 'var(--bad)', strokeWidth: 0.75, inset: 0.5, rx: 2 }),
    Plot.text(visited, { ...place, text: 'text', fill: 'currentColor', fontSize, pointerEvents: 'none' }),
    Plot.text(never, { ...place, text: () => '✕', fill: 'var(--bad)', fontSize, pointerEvents: 'none' }),
  ];
}

function cellsOf(
  family: Family,
  place: (parts: readonly string[]) => { readonly x: string; readonly y: string; readonly facet: string },
): readonly HeatCell[] {
  const counts = new Map(family.cells.map(({ name, count }) => [name, count]));
  const most = Math.max(1, ...counts.values());
  const names = inOrder([...(family.expected ?? []), ...counts.keys()]);
  return names.map((name) => {
    const count = counts.get(name) ?? 0;
    const title = `${name.replaceAll('×', ' × ')}: ${count === 0 ? 'never visited' : sayCount(count, 'time')}`;
    return { ...place(name.split('×')), count, shade: shade(count, most), text: sayBriefly(count), title };
  });
}

/** Each once, in the order of first appearance. */
function inOrder(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** Commands stand with commands and words with words, though each status begins with other events. */
function byKind(events: readonly string[]): readonly string[] {
  const kinds = [/^command /u, /^heard |^late word/u, /^close |close|loss/u, / timer$/u, /^handler|handler/u];
  const kindOf = (event: string): number => {
    const kind = kinds.findIndex((pattern) => pattern.test(event));
    return kind < 0 ? kinds.length : kind;
  };
  return [...events].sort((a, b) => kindOf(a) - kindOf(b));
}

/** A panel may begin in the middle of the phases; the fullest one has them in their order. */
function subscriptionOrder(cells: readonly HeatCell[]): readonly string[] {
  const panels = new Map<string, Set<string>>();
  for (const { facet, y, x } of cells) {
    const key = `${facet}×${y}`;
    panels.set(key, (panels.get(key) ?? new Set<string>()).add(x));
  }
  const fullest = [...panels.values()].reduce<ReadonlySet<string>>((best, one) => (one.size > best.size ? one : best), new Set<string>());
  return inOrder([...fullest, ...cells.map(({ x }) => x)]);
}
