/** The plots of the summary page, each with a heading and a caption that tells a newcomer what it says. */
import { allowedSizes, type Cell, type Family, familiesOf, membersOf, rarestOf } from '../explored/families.ts';
import type { SimulationReport } from '../explored/report.ts';
import { escapeHtml } from '../html/escape.ts';
import { cutTo, sayCount, sayNumber, sayShare } from '../terminal/text.ts';
import { type Bar, drawBars } from './bars.ts';
import { drawStates, drawStrikes } from './heat.ts';
import { drawPace } from './pace-plot.ts';
import { labelPxOf } from './plot.ts';

const halfPx = 490;
/** Of a rule's title; all of it is told on hover. */
const longestTitle = 30;
const wholePx = 1_100;
const tablePx = 900;
const neverKey = '<span class="key never"></span>';

interface Figure {
  readonly title: string;
  /** Trusted markup. */
  readonly caption: string;
  /** SVG; more than one stand side by side where there is room. */
  readonly plots: readonly string[];
}

export function plotSections(report: SimulationReport): string {
  const { coverage } = report.simulation;
  const families = new Map(familiesOf(coverage, report.expectedCoverage).map((family) => [family.name, family]));
  const draw = (name: string, figure: (family: Family) => Figure): readonly string[] => {
    const family = families.get(name);
    return family === undefined || (family.cells.length === 0 && family.never.length === 0) ? [] : [figureText(figure(family))];
  };
  // Of about the same height, so that no column leaves a hole.
  const left = [...draw('rule', (family) => rulesFigure(family, report)), ...paceFigure(report).map(figureText)];
  const right = [...draw('step', (family) => stepsFigure(family, report)), ...draw('close', closesFigure)];
  const wide = [
    ...allowedFigure(report).map(figureText),
    ...draw('milestone', milestonesFigure),
    ...draw('state', statesFigure),
    ...draw('pair', strikesFigure),
  ];
  return `<div class="grid">${[left, right].map((column) => `<div class="stack">${column.join('')}</div>`).join('')}</div><div class="stack">${wide.join('')}</div>`;
}

function figureText({ title, caption, plots }: Figure): string {
  const drawn = plots
    .map((plot) => `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(title)}">${plot}</div>`)
    .join('');
  return `<figure class="card"><h3>${escapeHtml(title)}</h3><figcaption>${caption}</figcaption>${plots.length > 1 ? `<div class="columns">${drawn}</div>` : drawn}</figure>`;
}

function barsOf(family: Family, label: (name: string) => string = (name) => name): readonly Bar[] {
  const counts = new Map(family.cells.map(({ name, count }) => [name, count]));
  return [...new Set([...(family.expected ?? []), ...counts.keys()])].map((name) => {
    const count = counts.get(name) ?? 0;
    return { label: label(name), count, title: `${label(name)}: ${count === 0 ? 'never' : sayCount(count, 'time')}` };
  });
}

function rulesFigure(family: Family, report: SimulationReport): Figure {
  const titles = new Map(report.rules.map(({ id, title }) => [id, title]));
  const label = (id: string): string => `${id}  ${cutTo(titles.get(id) ?? '', longestTitle)}`.trimEnd();
  const told = new Map(report.rules.map(({ id, title, law }) => [label(id), `${title}: ${law}`]));
  const bars = barsOf(family, label).map((bar) => ({ ...bar, title: `${bar.title}\n${told.get(bar.label) ?? ''}`.trimEnd() }));
  return {
    title: 'Rules put to the test',
    caption:
      'How often a run came to a point where the rule says something and could have been broken. A rule at “never” was not tested by these runs at all. Each grid line is ten times the one before.',
    plots: [drawBars({ bars, widthPx: halfPx, scale: 'orders', axis: 'times', label: 'How often each rule was put to the test' })],
  };
}

function stepsFigure(family: Family, report: SimulationReport): Figure {
  const skipped = new Map(membersOf(report.simulation.coverage, 'skipped').map(({ name, count }) => [name, count]));
  const bars = barsOf(family)
    .map((bar): Bar => {
      const skips = skipped.get(bar.label) ?? 0;
      return {
        ...bar,
        second: { count: skips, word: 'skipped' },
        title: `${bar.label}: ${sayNumber(bar.count)} executed, ${sayNumber(skips)} skipped`,
      };
    })
    .sort((a, b) => b.count - a.count);
  return {
    title: 'Steps executed and skipped',
    caption: `What the scripts consist of. <span class="key second"></span>A step is skipped where it means nothing, such as a delivery on an empty link; skips should be few.`,
    plots: [drawBars({ bars, widthPx: halfPx, scale: 'even', axis: 'steps', label: 'Steps executed and skipped, by kind' })],
  };
}

function closesFigure(family: Family): Figure {
  return {
    title: 'How connections ended',
    caption: 'Who closed, or heard a close, and with which reason. Each grid line is ten times the one before.',
    plots: [drawBars({ bars: barsOf(family), widthPx: halfPx, scale: 'orders', axis: 'closes', label: 'Closes by end and reason' })],
  };
}

function allowedFigure(report: SimulationReport): readonly Figure[] {
  const sizes = allowedSizes(report.simulation.coverage);
  if (sizes.length === 0) return [];
  const whole = sizes.reduce((sum, { count }) => sum + count, 0);
  const bars = sizes.map(({ name, count }): Bar => {
    const share = `${((100 * count) / whole).toFixed(1)} %`;
    return { label: name, count, text: sayShare(count, whole), title: `${name}: ${sayCount(count, 'time')}, ${share}` };
  });
  return [
    {
      title: 'How much the model allowed',
      caption:
        'Each time a client was about to show something, the model named what it may show. The smaller that set, the sharper the check; where it is large, a mistake could hide in it.',
      plots: [
        drawBars({
          bars,
          widthPx: tablePx,
          scale: 'even',
          axis: 'times, by the number of possibilities',
          label: 'Sizes of the allowed sets',
        }),
      ],
    },
  ];
}

function paceFigure({ simulation }: SimulationReport): readonly Figure[] {
  const plot = drawPace(simulation.pace, halfPx);
  if (plot === null) return [];
  return [
    {
      title: 'Steps a second',
      caption: `How fast the runs went, on ${sayCount(simulation.workers, 'worker')}. A slow start is the loading of the workers; a fall afterwards that stays is worth a look.`,
      plots: [plot],
    },
  ];
}

function milestonesFigure(family: Family): Figure {
  const never: readonly Cell[] = family.never.map((name) => ({ name, count: 0 }));
  const cells = rarestOf([...never, ...family.cells]);
  const half = Math.ceil(cells.length / 2);
  const draw = (some: readonly Cell[]): string =>
    drawBars({
      bars: some.map(({ name, count }) => ({ label: name, count, title: `${name}: ${count === 0 ? 'never' : sayCount(count, 'time')}` })),
      widthPx: halfPx,
      scale: 'orders',
      axis: 'times',
      most: Math.max(...cells.map(({ count }) => count)),
      labelPx: labelPxOf(cells.map(({ name }) => name)),
      label: 'How often each milestone was reached',
    });
  return {
    title: 'Milestones',
    caption:
      'Situations that must sometimes happen, or the runs explore too little: the rarest first. Each grid line is ten times the one before.',
    plots: [cells.slice(0, half), cells.slice(half)].filter((some) => some.length > 0).map(draw),
  };
}

function statesFigure(family: Family): Figure {
  return {
    title: 'What happened in which status of a session',
    caption: `A row an event, a column the status in which it met the client. <span class="key"></span>visited, stronger for more; ${neverKey}never visited, though it can be; an empty place cannot be.`,
    plots: [drawStates(family, tablePx)],
  };
}

function strikesFigure(family: Family): Figure {
  return {
    title: 'Where faults struck',
    caption: `A row a fault, a panel the phase in which it met the session, a column the phase of a subscription at that moment. <span class="key"></span>visited, stronger for more; ${neverKey}never visited, though it can be; an empty place cannot be.`,
    plots: [drawStrikes(family, wholePx)],
  };
}
