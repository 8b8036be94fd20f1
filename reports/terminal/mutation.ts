/** What a round of mutation testing came to, as text: the mutants that live, one by one, then folders and the score. */
import type { JudgedMutant, MutationReport, Score } from '../../properties/mutation/report.ts';
import { tableText } from './table.ts';
import { cutTo, paragraph, sayCount, sayDuration, sayNumber } from './text.ts';

/** What is said beyond the report itself. */
export interface MutationJudgement {
  readonly report: MutationReport;
  readonly refuted: readonly JudgedMutant[];
  /** With more equivalents than this share, a second reader is asked for. */
  readonly equivalentsMost: number;
  /** In percent; null: none was asked for. */
  readonly threshold: number | null;
  readonly leavingOut: readonly { readonly name: string; readonly why: string }[];
}

export function mutationText(judgement: MutationJudgement, widthColumns: number): string {
  const { report } = judgement;
  const living = report.results.filter(({ fate }) => fate.fate !== 'killed');
  return [
    ...living.map((mutant) => mutantText(mutant, widthColumns)),
    ...(living.length === 0 ? [] : ['']),
    scoreTable(report),
    '',
    ...killedLines(report, widthColumns),
    ...leftOutLines(judgement, widthColumns),
    ...complaints(judgement, widthColumns),
    ...figures(judgement, widthColumns),
  ].join('\n');
}

const indent = '    ';

function mutantText(mutant: JudgedMutant, widthColumns: number): string {
  const { file, line, column, mutator, name, before, after, verdict } = mutant;
  const cut = (sign: string, text: string): string => cutTo(`${indent}${sign} ${text}`, widthColumns);
  const judged = verdict === null ? 'no verdict yet' : `${verdict.verdict}: ${verdict.reason}`;
  return [
    paragraph(`${file}:${line}:${column}  ${mutator} ${name}: ${sayFate(mutant)}`, widthColumns, '', indent),
    cut('-', before),
    cut('+', after),
    paragraph(judged, widthColumns, indent),
  ].join('\n');
}

function sayFate({ fate }: JudgedMutant): string {
  switch (fate.fate) {
    case 'killed':
      return 'killed';
    case 'not visited':
      return 'no run visits it';
    case 'undecided':
      return `undecided after ${sayCount(fate.tried, 'run')}: ${fate.why}`;
    case 'survived': {
      const seen = fate.differing === 0 ? 'none of which it changes' : `${sayNumber(fate.differing)} of which it changes, within the law`;
      return `lives through ${sayCount(fate.tried, 'run')}, ${seen}`;
    }
  }
}

const numbers = ['mutants', 'killed', 'alive', 'not visited', 'undecided', 'equivalent', 'score'];

function scoreTable({ folders, total }: MutationReport): string {
  const columns = ['', ...numbers].map((title, place) => ({ title, align: place === 0 ? 'left' : 'right' }) as const);
  const rows = Object.entries(folders).map(([folder, score]) => [folder, ...cells(score)]);
  return tableText(columns, [...rows, ['all', ...cells(total)]]);
}

function cells(score: Score): readonly string[] {
  const { all, killed, survived, notVisited, undecided, equivalent } = score;
  return [...[all, killed, survived, notVisited, undecided, equivalent].map(sayNumber), sayScore(score)];
}

/** Never rounded up to the whole. */
function sayScore({ score }: Score): string {
  return score === null ? '–' : `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;
}

function killedLines({ results }: MutationReport, widthColumns: number): readonly string[] {
  const killers = new Map<string, number>();
  for (const { fate } of results) {
    if (fate.fate !== 'killed') continue;
    const by = fate.by === 'rule' ? fate.rule : fate.by === 'loop' ? 'a loop without end' : 'a thread without a result';
    killers.set(by, (killers.get(by) ?? 0) + 1);
  }
  const told = [...killers].sort(([one, times], [other, otherTimes]) => otherTimes - times || (one < other ? -1 : 1));
  return told.length === 0 ? [] : [paragraph(`Killed by: ${told.map(([by, times]) => `${by} ${times}`).join(', ')}`, widthColumns)];
}

function leftOutLines({ report, leavingOut }: MutationJudgement, widthColumns: number): readonly string[] {
  const rules = leavingOut.map(({ name, why }) => `${sayNumber(report.leftOut[name] ?? 0)} ${name} (${why})`);
  return [paragraph(`Left out of ${sayNumber(report.made)}: ${rules.join('; ')}`, widthColumns)];
}

function complaints({ report, refuted, equivalentsMost }: MutationJudgement, widthColumns: number): readonly string[] {
  const { all, equivalent } = report.total;
  const tooMany = all > 0 && equivalent / all > equivalentsMost;
  return [
    ...refuted.map(({ name, file, line }) => `Said to be equivalent, and yet killed: ${name} (${file}:${line})`),
    ...report.staleVerdicts.map(({ file, before }) => `A verdict fits no mutant any more: ${file}: ${cutTo(before, 60)}`),
    ...(tooMany
      ? [`${equivalent} of ${all} are said to be equivalent, more than ${equivalentsMost * 100} %: this needs a second reader.`]
      : []),
  ].map((line) => paragraph(line, widthColumns));
}

function figures({ report, threshold }: MutationJudgement, widthColumns: number): readonly string[] {
  const { total, results, chosen, shard, sample, seed, runs, traceHash, seconds } = report;
  const of = [
    sample === null ? 'all mutants' : `a sample of ${sayNumber(sample)}`,
    ...(shard === null ? [] : [`shard ${shard.part}/${shard.of}`]),
  ];
  const score = `score ${sayScore(total)}: ${sayNumber(total.killed)} killed of ${sayNumber(total.all - total.equivalent)}`;
  return [
    `Seed ${seed}, ${sayCount(runs, 'run')}, ${of.join(', ')}; ${score}, ${sayDuration(seconds)}.`,
    ...(results.length < chosen ? [`Interrupted: ${sayNumber(results.length)} of ${sayNumber(chosen)} mutants were judged.`] : []),
    ...(threshold === null ? [] : [`Asked for: ${threshold} %.`]),
    `trace hash without a mutant ${traceHash}`,
  ].map((line) => paragraph(line, widthColumns));
}
