/** Steps a second over the time of a simulation, from samples of the steps done by when. */
import type { PacePoint } from '../../properties/simulate/pace.ts';
import { sayNumber } from '../terminal/text.ts';
import { drawPlot, Plot } from './plot.ts';

/** Runs end in bursts: what is shorter than this is noise. */
const mostWindows = 30;

interface Window {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
  readonly title: string;
}

/** Null where there are too few samples to tell. */
export function drawPace(points: readonly PacePoint[], widthPx: number): string | null {
  const windows = windowsOf(points);
  const [first, last] = [points[0], points.at(-1)];
  if (windows.length < 2 || first === undefined || last === undefined) return null;
  const mean = (last.steps - first.steps) / (last.seconds - first.seconds);
  return drawPlot(
    { widthPx, label: `Steps a second over time, ${sayNumber(mean)} on average` },
    {
      height: 240,
      marginLeft: 62,
      marginRight: 24,
      marginTop: 26,
      marginBottom: 40,
      x: { label: 'seconds since the first run began', labelAnchor: 'center', labelArrow: 'none', domain: [0, last.seconds] },
      y: {
        label: 'steps a second',
        labelArrow: 'none',
        grid: true,
        domain: [0, Math.max(mean, ...windows.map(({ rate }) => rate))],
        nice: true,
        ticks: 5,
      },
      marks: [
        Plot.rectY(windows, {
          x1: 'from',
          x2: 'to',
          y: 'rate',
          fill: 'var(--bar)',
          fillOpacity: 0.6,
          insetLeft: 0.5,
          insetRight: 0.5,
          title: 'title',
        }),
        Plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.5 }),
        Plot.ruleY([mean], { stroke: 'var(--accent)', strokeDasharray: '4 3' }),
        Plot.text([mean], {
          x: last.seconds,
          y: (rate: number) => rate,
          text: () => `${sayNumber(mean)} on average`,
          textAnchor: 'end',
          dy: -7,
          fill: 'var(--ink)',
          stroke: 'var(--card)',
          strokeWidth: 4,
        }),
      ],
    },
  );
}

function windowsOf(points: readonly PacePoint[]): readonly Window[] {
  const stride = Math.max(1, Math.ceil((points.length - 1) / mostWindows));
  const kept = points.filter((_, index) => index % stride === 0);
  return kept.slice(1).flatMap((point, index) => {
    const before = kept[index];
    if (before === undefined || point.seconds <= before.seconds) return [];
    const rate = (point.steps - before.steps) / (point.seconds - before.seconds);
    return [
      {
        from: before.seconds,
        to: point.seconds,
        rate,
        title: `${before.seconds.toFixed(1)} to ${point.seconds.toFixed(1)} s: ${sayNumber(rate)} steps a second`,
      },
    ];
  });
}
