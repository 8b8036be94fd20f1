/** What generated runs reach of the product, and what they do not, as plain data from which every report is drawn. */
import istanbul, { type FileCoverage, type FileCoverageData } from 'istanbul-lib-coverage';
import type { Outcome } from '../trace.ts';
import type { Exemption } from './product-files.ts';
import type { PublicFunction } from './public-functions.ts';

export interface Share {
  readonly reached: number;
  readonly all: number;
}

export interface Shares {
  readonly lines: Share;
  readonly branches: Share;
  readonly functions: Share;
}

export interface FileReach extends Shares {
  readonly file: string;
  /** First and last line of what is never reached. */
  readonly linesNot: readonly (readonly [first: number, last: number])[];
  /** Arms of branches that are never taken, where the branch itself is reached. */
  readonly armsNot: readonly { readonly line: number; readonly column: number; readonly says: string }[];
  /** By name; one without a name by the text of its line. */
  readonly functionsNot: readonly { readonly line: number; readonly says: string }[];
}

export interface ReachReport {
  readonly seed: number;
  readonly runs: number;
  /** Runs that were played: fewer than asked for where it was interrupted. */
  readonly ran: number;
  readonly steps: number;
  /** That of `simulate` for the same seed and runs; null: they were not all played. */
  readonly traceHash: string | null;
  /** Runs that did not hold, the first of them; they explored less than they should. */
  readonly broken: readonly { readonly run: number; readonly outcome: Outcome }[];
  readonly total: Shares;
  /** In the order of their names. */
  readonly files: readonly FileReach[];
  /** What a user of the library may call. */
  readonly publicFunctions: number;
  readonly publicNot: readonly PublicFunction[];
  readonly exemptions: readonly Pick<Exemption, 'where' | 'why'>[];
  readonly seconds: number;
}

export function totalOf(files: Readonly<Record<string, FileCoverageData>>): Shares {
  const { lines, branches, functions } = istanbul.createCoverageMap({ ...files }).getCoverageSummary();
  return { lines: shareOf(lines), branches: shareOf(branches), functions: shareOf(functions) };
}

function shareOf({ covered, total }: { readonly covered: number; readonly total: number }): Share {
  return { reached: covered, all: total };
}

/** `textOf` gives the source, from which what has no name is told. */
export function filesOf(files: Readonly<Record<string, FileCoverageData>>, textOf: (file: string) => string): readonly FileReach[] {
  const map = istanbul.createCoverageMap({ ...files });
  return map
    .files()
    .sort()
    .map((file) => fileReach(file, map.fileCoverageFor(file), textOf));
}

function fileReach(file: string, coverage: FileCoverage, textOf: (file: string) => string): FileReach {
  const { lines, branches, functions } = coverage.toSummary();
  const linesNot = coverage.getUncoveredLines().map(Number);
  return {
    file,
    lines: shareOf(lines),
    branches: shareOf(branches),
    functions: shareOf(functions),
    linesNot: rangesOf(linesNot),
    armsNot: armsNotTaken(coverage.data),
    functionsNot: functionsNotCalled(coverage.data, () => textOf(file)),
  };
}

/** Lines between two of them that hold no statement belong to neither, and part them. */
function rangesOf(lines: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const line of [...lines].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

function functionsNotCalled({ fnMap, f }: FileCoverageData, textOf: () => string): FileReach['functionsNot'] {
  const not = Object.entries(fnMap).filter(([key]) => f[key] === 0);
  if (not.length === 0) return [];
  const lines = textOf().split('\n');
  return not.map(([, { name, decl }]) => {
    const { line } = decl.start;
    return { line, says: isNameless(name) ? (lines[line - 1] ?? '').trim() : name };
  });
}

/** The instrumenter numbers them. */
function isNameless(name: string): boolean {
  return name.startsWith('(anonymous_');
}

function armsNotTaken({ branchMap, b }: FileCoverageData): FileReach['armsNot'] {
  return Object.entries(branchMap).flatMap(([key, { type, loc, locations }]) => {
    const arms = b[key] ?? [];
    if (arms.every((times) => times === 0)) return [];
    return arms.flatMap((times, arm) => {
      if (times > 0) return [];
      const place = isLogical(type) ? (locations[arm]?.start ?? loc.start) : loc.start;
      return [{ line: place.line, column: place.column + 1, says: sayArm(type, arm) }];
    });
  });
}

function isLogical(type: string): boolean {
  return type === 'binary-expr' || type === 'switch';
}

function sayArm(type: string, arm: number): string {
  switch (type) {
    case 'if':
    case 'cond-expr':
      return arm === 0 ? 'never true' : 'never false';
    case 'binary-expr':
      return 'never comes so far';
    case 'switch':
      return 'never this case';
    case 'default-arg':
      return 'never left out';
    default:
      return `never arm ${arm + 1}`;
  }
}
