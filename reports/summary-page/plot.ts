/**
 * Draws plots as SVG text without a browser: Observable Plot, given a document that lives in memory. Whoever imports
 * this loads both, which takes a moment, so the page is imported only when it is written.
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

export interface Frame {
  readonly widthPx: number;
  /** For whoever cannot see the plot: one sentence. */
  readonly label: string;
}

/** The plot as SVG. It takes its colours from the page, so that it is right in light and dark. */
export function drawPlot(frame: Frame, options: Plot.PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    ...options,
    width: frame.widthPx,
    document,
    ariaLabel: frame.label,
    className: 'plot',
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none', overflow: 'visible' },
  });
  drawn.setAttribute('role', 'img');
  drawn.setAttribute(
    'style',
    `${drawn.getAttribute('style') ?? ''};min-width:${Math.round(frame.widthPx * leastScale)}px;max-width:${Math.round(frame.widthPx * mostScale)}px`,
  );
  const text: string = drawn.outerHTML;
  return text.replace(/<style>.*?<\/style>/su, '').replaceAll(/\d+\.\d{3,}/gu, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** Text may shrink this far with the page before the plot is scrolled instead, and grow this far. */
const leastScale = 0.72;
const mostScale = 1.12;

export { Plot };

/** Room for labels at the left. System fonts differ, so it is by a wide one. */
export function labelPxOf(labels: readonly string[]): number {
  return 16 + Math.ceil(Math.max(0, ...labels.map((label) => 6.4 * label.length + 1.6 * label.replaceAll(/[^A-Z_]/gu, '').length)));
}

/** Stronger for more, by orders of magnitude; pale enough at the most that text stays readable on it. */
export function shade(count: number, most: number): number {
  return count <= 0 ? 0 : 0.12 + 0.5 * (most <= 1 ? 1 : Math.log(count) / Math.log(most));
}

/** `12`, `1.2k`, `34k`, `1.2M`: as short as a cell is wide. */
export function sayBriefly(count: number): string {
  if (count < 1_000) return String(count);
  const [value, unit] = count < 999_500 ? [count / 1_000, 'k'] : [count / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
}
