/** Horizontal bars, one a name, with the count written beside it; what was never counted is marked as such. */
import { sayNumber } from '../terminal/text.ts';
import { drawPlot, type Frame, labelPxOf, Plot } from './plot.ts';

export interface Bar {
  readonly label: string;
  readonly count: number;
  /** Beside the first count, in another colour. */
  readonly second?: { readonly count: number; readonly word: string } | undefined;
  /** Shown on hover. */
  readonly title: string;
  /** Written in the place of the count. */
  readonly text?: string | undefined;
}

export interface BarsOptions extends Frame {
  readonly bars: readonly Bar[];
  /** So that plots side by side have one scale; the greatest count where not given. */
  readonly most?: number | undefined;
  /** Room for the labels; that which they need where not given. */
  readonly labelPx?: number | undefined;
  /** `orders`: every order of magnitude takes the same room, for counts of which some are a thousand times others. */
  readonly scale: 'orders' | 'even';
  readonly axis: string;
}

const barPx = 17;
/** For the count at the end of the longest bar. */
const textPx = 72;

export function drawBars(options: BarsOptions): string {
  const { bars } = options;
  const most = Math.max(1, options.most ?? 0, ...bars.map(wholeOf));
  const zero = options.scale === 'orders' ? 0.7 : 0;
  const reached = bars.filter((bar) => wholeOf(bar) > 0);
  const never = bars.filter((bar) => wholeOf(bar) === 0);
  const scale =
    options.scale === 'orders'
      ? ({ type: 'log', domain: [zero, Math.max(most, 10)], ticks: orders(most), tickFormat: (tick: number) => sayNumber(tick) } as const)
      : ({ type: 'linear', domain: [0, most], ticks: 5, tickFormat: (tick: number) => sayNumber(tick) } as const);
  return drawPlot(options, {
    height: bars.length * barPx + 44,
    marginLeft: options.labelPx ?? labelPxOf(bars.map(({ label }) => label)),
    marginRight: textPx,
    marginTop: 4,
    marginBottom: 38,
    x: { ...scale, label: options.axis, labelAnchor: 'center', labelArrow: 'none', grid: true },
    y: { type: 'band', domain: bars.map(({ label }) => label), label: null, tickSize: 0, padding: 0.22 },
    marks: [
      Plot.barX(
        reached.filter(({ count }) => count > 0),
        { x1: zero, x2: 'count', y: 'label', fill: 'var(--bar)', title: 'title' },
      ),
      Plot.barX(
        reached.filter(({ second }) => (second?.count ?? 0) > 0),
        {
          x1: (bar: Bar) => Math.max(zero, bar.count),
          x2: wholeOf,
          y: 'label',
          fill: 'var(--unsure)',
          title: 'title',
        },
      ),
      Plot.text(reached, { x: wholeOf, y: 'label', text: sayBar, textAnchor: 'start', dx: 6, fill: 'var(--ink-soft)', title: 'title' }),
      Plot.text(never, {
        x: zero,
        y: 'label',
        text: () => '✕ never',
        textAnchor: 'start',
        dx: 4,
        fill: 'var(--bad)',
        fontWeight: 600,
        title: 'title',
      }),
    ],
  });
}

function wholeOf(bar: Bar): number {
  return bar.count + (bar.second?.count ?? 0);
}

function sayBar({ count, second, text }: Bar): string {
  return text ?? `${sayNumber(count)}${second === undefined || second.count === 0 ? '' : ` + ${sayNumber(second.count)} ${second.word}`}`;
}

/** 1, 10, 100 … up to the most. */
function orders(most: number): readonly number[] {
  const ticks: number[] = [1];
  while ((ticks.at(-1) ?? 1) * 10 <= Math.max(most, 10)) ticks.push((ticks.at(-1) ?? 1) * 10);
  return ticks;
}
