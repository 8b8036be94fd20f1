/** For the tests of the reports of a gate: one that blocks, one that holds, one without a comparison. */
import type { GateReport } from '../../properties/gate/report.ts';
import type { JudgedFinding } from '../../properties/gate/verdict.ts';
import { failedReport, heldReport } from '../explored/sample.test-data.ts';

const { simulation } = heldReport;
const sampleFailure = failedReport.simulation.failures[0];
const explored = { rules: { visited: 39, all: 40 }, cells: { visited: 812, all: 1_204 } };
const absent = { sight: 'absent' } as const;
const inScript = { sight: 'shows', runs: 0, scripts: 1 } as const;
const inRuns = { sight: 'shows', runs: 1_204, scripts: 1 } as const;
const behind = { sight: 'hidden', behind: 'S1 CLOSING to OPEN' } as const;

function finding(label: JudgedFinding['label'], rule: string, name: string, title: string, sights: Pick<JudgedFinding, 'here' | 'there'>) {
  const blocks = label === 'new' || label === 'standing';
  const script = label === 'new' || label === 'standing' ? (sampleFailure?.script ?? null) : null;
  const replay = script === null ? null : `npx lockstep replay ${name.replaceAll(' ', '-')}.json`;
  return { label, blocks, rule, name, title, isKnown: label === 'known', ...sights, script, replay };
}

export const blockedGate: GateReport = {
  verdict: 'blocked',
  findings: [
    finding('new', 'S3', 'refused-token-kept', 'The client keeps a token that the server refused', { here: inRuns, there: absent }),
    finding('standing', 'Q2', 'Q2 wrong results', 'q2 of c2 showed <b>what</b> no version | holds', { here: inRuns, there: inRuns }),
    finding('hidden', 'S1', 'disconnect-while-connecting-opens', 'disconnect() while connecting is followed by OPEN', {
      here: behind,
      there: inScript,
    }),
    finding('fixed', 'S9', 'disconnect-keeps-reconnecting', 'disconnect() while a reconnect waits does not stop it', {
      here: absent,
      there: inScript,
    }),
    finding('known', 'S7', 'long-lived-token-refreshes-at-once', 'The refreshHandler runs at once', { here: inRuns, there: behind }),
    finding('absent', 'W1', 'resent-writes-apply-again', 'A write is applied again', { here: absent, there: absent }),
  ].map((one) => ({ ...one, isKnown: one.name !== 'Q2 wrong results' })),
  seed: 7,
  runs: 420,
  evidence: { date: '2026-11-29', lockstep: '0.1.0', commit: 'a7fba292c5', node: 'v20.20.2', platform: 'linux x64' },
  waivers: [],
  neverBegan: [],
  here: { name: 'latest', details: '@example/client 1.0.50, @example/server 1.1.8', simulation, explored },
  there: { name: 'older', details: '@example/client 1.0.44, @example/server 1.1.8', simulation, explored },
  notCompared: null,
  command: 'npx lockstep gate --versions latest --against older --runs 420 --seed 7',
};

export const heldGate: GateReport = {
  ...blockedGate,
  verdict: 'held',
  findings: [],
  here: { name: 'the present state', details: 'a7fba292c5, changed since', simulation, explored },
  there: null,
  notCompared: 'no tag can be reached; --against REVISION names a state',
  command: 'npx lockstep gate --runs 420 --seed 7',
};

export const interruptedGate: GateReport = {
  ...blockedGate,
  verdict: 'undecided',
  findings: blockedGate.findings.filter(({ label }) => label === 'known'),
  here: { ...blockedGate.here, simulation: { ...simulation, end: 'interrupted' } },
  there: { name: 'older', details: '', simulation: null, explored: null },
};

export const waivedGate: GateReport = {
  ...heldGate,
  findings: blockedGate.findings.filter(({ label }) => label === 'standing').map((one) => ({ ...one, label: 'waived', blocks: false })),
  waivers: [{ finding: 'Q2 wrong results', reason: 'mended in 0.2', until: '2026-12-31', isExpired: false }],
};

export const expiredGate: GateReport = {
  ...heldGate,
  verdict: 'blocked',
  waivers: [{ finding: 'Q2 wrong results', reason: 'mended in 0.2', until: '2026-11-01', isExpired: true }],
};

export const hiddenGate: GateReport = {
  ...blockedGate,
  verdict: 'undecided',
  findings: blockedGate.findings.filter(({ label }) => label === 'hidden' || label === 'known'),
};

export const neverBegunGate: GateReport = { ...blockedGate, verdict: 'undecided', neverBegan: ['latest'] };
