/** A report made by hand, small and with something of everything, from which the tests of all renderers draw. */
import type { Script } from '../../properties/scripts/script.ts';
import type { CorpusResult, FoundFailure, Simulation } from '../../properties/simulate/simulation.ts';
import type { Failure } from '../../properties/trace.ts';
import type { ReportedFailure, SimulationReport } from './report.ts';

const failure: Failure = {
  class: 'S2 unexpected status CLOSED',
  rule: 'S2',
  property: 'lockstep',
  message: 'c1 showed status CLOSED & "牛乳 🥛" <b>twice</b>',
  allowed: ['no change: CONNECTING', 'status OPEN'],
  shown: 'status CLOSED ```',
  step: 1,
};
/** Of no numbered rule, without steps, and with what neither XML nor a terminal can show. */
const stuck: Failure = {
  ...failure,
  class: 'liveness stuck',
  rule: 'liveness',
  message: 'c1 waits \u0000\ud800 for ever',
  allowed: [],
  step: 3,
};

const failures: readonly ReportedFailure[] = [
  {
    failure,
    sentence: 'The last call wins: `startSession` replaces what was there.',
    setting: 'With c1 (knows the roles):',
    steps: ['c1 starts a session as ann', 'c1 starts a session as "牛乳" </script>'],
    seenIn: '2 runs, the first of them run 6',
    sameCauseAs: null,
    replayCommand: 'npx lockstep replay reports/out/failures/s2.json',
  },
  {
    failure: stuck,
    sentence: 'Everything settles in bounded time.',
    setting: 'With c1:',
    steps: [],
    seenIn: 'planted/never-settles of the corpus',
    sameCauseAs: failure.class,
    replayCommand: 'npx lockstep replay reports/out/failures/liveness.json',
  },
];

const script: Script = {
  version: 1,
  profile: 'sample',
  configuration: { clients: [], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [],
};

function foundOf({ failure: told }: ReportedFailure): FoundFailure {
  return {
    class: told.class,
    failure: told,
    firstRun: 6,
    shrunkRun: 6,
    count: 2,
    corpusEntries: [],
    script,
    shrunkFrom: 30,
    attempts: 60,
    shrinking: 'oneMinimal',
    sameCauseAs: null,
  };
}

const entry = { rule: 'S2', class: null, cause: 'told twice', fault: null, script };

const corpus: CorpusResult = {
  scripts: 3,
  failed: 1,
  leftOut: 0,
  undecided: 1,
  seconds: 0.25,
  results: [
    { entry: { ...entry, name: 'told-once' }, outcome: { outcome: 'held' } },
    { entry: { ...entry, name: 'planted/late <close>' }, outcome: { outcome: 'failed', failure } },
    { entry: { ...entry, name: 'planted/no-end' }, outcome: { outcome: 'unknown', why: 'a bound was hit' } },
  ],
};

const simulation: Simulation = {
  seed: 7,
  firstRun: 0,
  world: 'simulated',
  workers: 2,
  twice: false,
  faultName: null,
  runs: 420,
  steps: 84_000,
  commands: 21_000,
  skipped: 300,
  failed: 0,
  knownRuns: 0,
  leftOut: 0,
  undecidedRuns: 0,
  undecided: [],
  seconds: 10,
  shrinkSeconds: 1.5,
  traceHash: 'ba5ef052f75620a0754cea4fe72bc45725406e8eca6852062ba359630c2a7a64',
  pace: Array.from({ length: 21 }, (_, index) => ({ seconds: index / 2, steps: index * 4_200 - (index % 3) * 400 })),
  end: 'complete',
  leftOpen: 0,
  failures: [],
  notApplicable: [],
  deviations: null,
  corpus: null,
  coverage: {
    'allowed:1': 60,
    'allowed:3–4': 30,
    'allowed:more than 8': 10,
    'close:client heard UNKNOWN': 4,
    'milestone:late acceptance': 1,
    'milestone:token goes bad while its schema is asked for': 12_345,
    'pair:none×hold×asked': 3,
    'pair:open×cut abrupt×live': 40,
    quiescence: 9,
    'relation:late-subscriber held': 4,
    'rule:S1': 1_205,
    'rule:S2': 90,
    'skipped:release': 11,
    'state:CLOSED×command connect': 5,
    'state:OPEN×heard pong': 1_700,
    'step:cut': 20,
    'step:insert': 5_700,
  },
};

export const heldReport: SimulationReport = {
  simulation,
  verdict: 'held',
  expectedCoverage: {
    rule: ['S1', 'S2', 'Q1'],
    step: ['insert', 'cut', 'delete'],
    close: ['client heard UNKNOWN'],
    state: ['OPEN×heard pong', 'OPEN×close UNKNOWN', 'CLOSED×command connect'],
    pair: ['none×hold×asked', 'open×cut abrupt×live', 'open×hold×asked', 'open×hold×live'],
    milestone: ['late acceptance', 'session replaced between hello and acceptance', 'token goes bad while its schema is asked for'],
  },
  scriptSteps: 5_720,
  failures: [],
  rules: [
    { id: 'S1', title: 'One session, one status', law: 'A client has at most one session.' },
    { id: 'S2', title: 'The last call wins', law: 'Nothing of a replaced session changes what follows.' },
    { id: 'Q1', title: 'Filters', law: 'Filters nest.' },
  ],
};

/** Of a system with known deviations: nothing failed that is not known. */
export const knownReport: SimulationReport = {
  ...heldReport,
  simulation: {
    ...simulation,
    world: 'published latest',
    knownRuns: 37,
    corpus: {
      ...corpus,
      failed: 0,
      results: [
        { entry: { ...entry, name: 'late-close' }, outcome: { outcome: 'failed', failure: { ...failure, known: 'late-close' } } },
        { entry: { ...entry, name: 'told-twice' }, outcome: { outcome: 'held' } },
        { entry: { ...entry, name: 'told-late' }, outcome: { outcome: 'unknown', why: 'the worker died' } },
      ],
    },
    deviations: [
      {
        name: 'late-close',
        rule: 'S2',
        title: 'A late | close <of> the former connection counts for the new one',
        shows: true,
        ownScript: 'shows',
        runs: 30,
      },
      { name: 'told-late', rule: 'S8', title: 'A session error comes late', shows: true, ownScript: null, runs: 7 },
      { name: 'told-early', rule: 'S8', title: 'A session error comes early', shows: true, ownScript: 'shows', runs: 0 },
      { name: 'told-twice', rule: 'S1', title: 'A status is told twice', shows: false, ownScript: 'holds', runs: 0 },
    ],
  },
};

export const failedReport: SimulationReport = {
  ...heldReport,
  simulation: {
    ...simulation,
    faultName: 'a late | close',
    failed: 2,
    undecidedRuns: 3,
    undecided: [{ firstRun: 4, count: 2, why: 'the worker died' }],
    failures: failures.map(foundOf),
    corpus,
  },
  verdict: 'failed',
  failures,
};
