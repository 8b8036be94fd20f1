/** A small report of each instrument, with everything in it that is told in its own way. */
import type { MutationReport } from '../../properties/mutation/report.ts';
import type { ReachReport } from '../../properties/reach/report.ts';

const share = (reached: number, all: number) => ({ reached, all });
const shares = (...[lines, branches, functions]: readonly (readonly [number, number])[]) => ({
  lines: share(...(lines ?? [0, 0])),
  branches: share(...(branches ?? [0, 0])),
  functions: share(...(functions ?? [0, 0])),
});

export const reached: ReachReport = {
  seed: 7,
  runs: 600,
  ran: 480,
  steps: 70_000,
  traceHash: null,
  broken: [{ run: 3, outcome: { outcome: 'unknown', why: 'no sign of life for 60 s' } }],
  total: shares([1_999, 2_000], [15, 20], [7, 8]),
  files: [
    {
      file: 'sut/client/session.ts',
      ...shares([999, 1_000], [5, 10], [3, 4]),
      linesNot: [
        [12, 14],
        [20, 20],
      ],
      armsNot: [{ line: 8, column: 3, says: 'never true' }],
      functionsNot: [{ line: 12, says: 'retry' }],
    },
    { file: 'sut/client/status.ts', ...shares([0, 0], [0, 0], [0, 0]), linesNot: [], armsNot: [], functionsNot: [] },
    { file: 'sut/server/peer.ts', ...shares([1_000, 1_000], [10, 10], [4, 4]), linesNot: [], armsNot: [], functionsNot: [] },
  ],
  publicFunctions: 3,
  publicNot: [{ name: 'SyncClient.fetchOne', file: 'sut/client/client.ts', line: 215, body: { line: 215, column: 60 } }],
  exemptions: [{ where: 'sut/runtime', why: 'the simulated world stands in its place' }],
  seconds: 61,
};

const place = { mutator: 'ConditionalExpression', after: 'true', occurrence: 1, line: 12, column: 7 };
const peer = { ...place, file: 'sut/server/peer.ts' };

export const mutated: MutationReport = {
  seed: 7,
  runs: 300,
  traceHash: 'ab12',
  made: 5_503,
  leftOut: { 'text of a log': 22 },
  sample: 5,
  shard: { part: 1, of: 2 },
  chosen: 6,
  results: [
    {
      ...peer,
      name: '0123456789',
      before: 'a',
      fate: { fate: 'killed', by: 'rule', rule: 'S1', failureClass: 'S1 x', run: 2, tried: 1 },
      verdict: null,
    },
    { ...peer, name: '1123456789', before: 'one === other', fate: { fate: 'survived', tried: 40, differing: 3 }, verdict: null },
    {
      ...peer,
      name: '2123456789',
      before: 'a text that is much longer than the terminal is wide, so that it has to be cut somewhere before its end',
      fate: { fate: 'survived', tried: 1, differing: 0 },
      verdict: { verdict: 'equivalent', reason: 'the index finds the same rows either way' },
    },
    { ...place, file: 'sut/query/like.ts', name: '3123456789', before: 'b', fate: { fate: 'not visited' }, verdict: null },
    {
      ...place,
      file: 'sut/query/like.ts',
      name: '4123456789',
      before: 'c',
      fate: { fate: 'undecided', why: 'a bound', tried: 3 },
      verdict: null,
    },
  ],
  total: { all: 5, killed: 1, survived: 2, notVisited: 1, undecided: 1, equivalent: 1, score: 0.25 },
  folders: {
    'sut/query': { all: 2, killed: 0, survived: 0, notVisited: 1, undecided: 1, equivalent: 0, score: 0 },
    'sut/server': { all: 3, killed: 1, survived: 2, notVisited: 0, undecided: 0, equivalent: 1, score: 0.5 },
  },
  staleVerdicts: [{ ...place, file: 'sut/query/gone.ts', before: 'gone', verdict: 'gap', reason: 'nobody knows' }],
  end: 'interrupted',
  seconds: 300,
};
