/** What generated runs reach of the product, as text: file by file what they never do, then the figures. */
import type { FileReach, ReachReport, Share, Shares } from '../../properties/reach/report.ts';
import { tableText } from './table.ts';
import { cutTo, paragraph, sayCount, sayDuration, sayNumber } from './text.ts';

export function reachText(report: ReachReport, widthColumns: number): string {
  const incomplete = report.files.filter(isIncomplete);
  return [
    ...incomplete.map((file) => fileText(file, widthColumns)),
    '',
    publicText(report, widthColumns),
    '',
    foldersTable(report),
    '',
    ...exemptionLines(report, widthColumns),
    '',
    figuresText(report, widthColumns),
  ].join('\n');
}

function isIncomplete({ linesNot, armsNot, functionsNot }: FileReach): boolean {
  return linesNot.length + armsNot.length + functionsNot.length > 0;
}

const indent = '  ';
const textColumns = 48;

function fileText(file: FileReach, widthColumns: number): string {
  const { linesNot, armsNot, functionsNot } = file;
  const lines = linesNot.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  const arms = armsNot.map(({ line, column, says }) => `${line}:${column} ${says}`);
  const functions = functionsNot.map(({ line, says }) => `${line} ${cutTo(says, textColumns)}`);
  const part = (title: string, items: readonly string[], between: string): readonly string[] =>
    items.length === 0 ? [] : [paragraph(items.join(between), widthColumns, `${indent}${title}`)];
  return [
    `${file.file}  ${sayShares(file)}`,
    ...part('lines      ', lines, ', '),
    ...part('branches   ', arms, '; '),
    ...part('functions  ', functions, '; '),
  ].join('\n');
}

function publicText({ publicNot, publicFunctions }: ReachReport, widthColumns: number): string {
  const called = `${publicFunctions - publicNot.length} of ${sayCount(publicFunctions, 'public function')} called`;
  if (publicNot.length === 0) return `${called}.`;
  const names = publicNot.map(({ name, file, line }) => `${name} (${file}:${line})`);
  return [`${called}; never called:`, paragraph(names.join(', '), widthColumns, indent)].join('\n');
}

function foldersTable({ files, total }: ReachReport): string {
  const folders = [...new Set(files.filter(({ lines }) => lines.all > 0).map(folderOf))].sort();
  const rows = folders.map((folder) => [folder, ...cells(sumOf(files.filter((file) => folderOf(file) === folder)))]);
  const columns = ['', 'lines', 'branches', 'functions'].map((title, place) => ({ title, align: place === 0 ? 'left' : 'right' }) as const);
  return tableText(columns, [...rows, ['all', ...cells(total)]]);
}

function folderOf({ file }: FileReach): string {
  return file.split('/').slice(0, -1).join('/');
}

function sumOf(files: readonly FileReach[]): Shares {
  const sum = (of: (shares: Shares) => Share): Share => ({
    reached: files.reduce((total, file) => total + of(file).reached, 0),
    all: files.reduce((total, file) => total + of(file).all, 0),
  });
  return { lines: sum(({ lines }) => lines), branches: sum(({ branches }) => branches), functions: sum(({ functions }) => functions) };
}

function cells({ lines, branches, functions }: Shares): readonly string[] {
  return [lines, branches, functions].map((share) => `${sayTenths(share)} (${share.all - share.reached} of ${sayNumber(share.all)} not)`);
}

function exemptionLines({ exemptions }: ReachReport, widthColumns: number): readonly string[] {
  return ['Not counted:', ...exemptions.map(({ where, why }) => paragraph(`${where}: ${why}`, widthColumns, indent))];
}

function figuresText(report: ReachReport, widthColumns: number): string {
  const [first] = report.broken;
  const played = `${sayCount(report.ran, 'run')} of seed ${report.seed} (${sayDuration(report.seconds)}) reach ${sayShares(report.total)}.`;
  const lines = [
    played,
    ...(report.ran < report.runs ? [`Interrupted: ${sayNumber(report.runs)} runs were asked for.`] : []),
    ...(first === undefined ? [] : [`${sayCount(report.broken.length, 'run')} did not hold, so these reach less; ${sayBroken(first)}`]),
    ...(report.traceHash === null ? [] : [`trace hash ${report.traceHash}`]),
  ];
  return lines.map((line) => paragraph(line, widthColumns)).join('\n');
}

function sayBroken({ run, outcome }: ReachReport['broken'][number]): string {
  if (outcome.outcome === 'failed') return `the first is ${run}: ${outcome.failure.class}`;
  return `the first is ${run}: ${outcome.outcome === 'unknown' ? outcome.why : 'no result'}`;
}

function sayShares({ lines, branches, functions }: Shares): string {
  return `${sayTenths(lines)} of lines, ${sayTenths(branches)} of branches, ${sayTenths(functions)} of functions`;
}

/** Never rounded up to the whole. */
function sayTenths({ reached, all }: Share): string {
  if (all === 0) return '–';
  return `${(Math.floor((1000 * reached) / all) / 10).toFixed(1)} %`;
}
