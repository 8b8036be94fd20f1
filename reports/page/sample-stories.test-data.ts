/** Stories made by hand for the tests of the page: the smallest that has everything, and one as long as anybody will read. */
import type { ChainLink, GroupBand, Message, Moment, MomentKind, StatusBand, Story } from '../story/story.ts';
import type { Page } from './page.ts';

type Told = readonly [step: number, atMs: number, process: string, kind: MomentKind, title: string];

export const shortStory: Story = {
  processes: ['c1', 'server'],
  moments: moments([
    [0, 0, 'world', 'step', 'c1 starts a session as ann (member, expired just now)'],
    [0, 0, 'c1', 'command', 'calls startSession'],
    [0, 0, 'c1', 'sent', 'sends hello'],
    [0, 1_250, 'server', 'received', 'hears hello'],
    [0, 1_250, 'c1', 'failed', 'showed status CLOSED'],
  ]),
  messages: [{ client: 'c1', connection: 1, to: 'server', word: 'hello', sent: 2, delivered: 3, lost: null }],
  statusBands: [
    { client: 'c1', status: 'UNINITIALIZED', from: 0, to: 0 },
    { client: 'c1', status: 'CONNECTING', from: 1, to: 3 },
    { client: 'c1', status: 'CLOSED', from: 4, to: 4 },
  ],
  groupBands: [],
  steps: ['c1 starts a session as ann (member, expired just now)'],
  setting: 'With c1 (knows the roles); tokens by HS256; no rows at the start:',
  divergence: {
    rule: 'S2',
    ruleSentence: 'The last call wins: nothing of a replaced session changes what follows.',
    class: 'S2 unexpected status CLOSED',
    property: 'lockstep',
    message: 'c1 showed status CLOSED',
    moment: 4,
    step: 0,
    allowed: ['no change: CONNECTING', 'status OPEN'],
    shown: 'status CLOSED',
    difference: [
      { in: 'both', text: 'status ' },
      { in: 'allowed', text: 'OPEN' },
      { in: 'shown', text: 'CLOSED' },
    ],
    chain: [
      { moment: 1, sentence: 'In step 1 c1 starts a session.' },
      { moment: 4, sentence: 'By S2 nothing of the replaced session may change what follows, but c1 showed status CLOSED.' },
    ],
  },
};

/** Steps of ten moments each: a write that crosses an answer, now and then one that is lost, injected or left under way. */
export function longStory(momentCount: number): Story {
  const stepCount = Math.ceil(momentCount / 10);
  const clients = ['c1', 'c2', 'c3'];
  const clientOf = (step: number): string => clients[step % clients.length] ?? 'c1';
  const told = Array.from({ length: stepCount }, (_, step) => toldOfStep(step, clientOf(step)))
    .flat()
    .slice(0, momentCount);
  const last = told.length - 1;
  const messages = Array.from({ length: stepCount }, (_, step) => messagesOfStep(step, clientOf(step), last)).flat();
  return {
    processes: [...clients, 'server'],
    moments: moments([...told.slice(0, -1), [stepCount - 1, 10_000_000, 'c1', 'failed', 'showed rows that no version ever had']]),
    messages,
    statusBands: clients.flatMap((client, place) => bandsOf(client, place, last)),
    groupBands: groupsOf(last),
    steps: Array.from({ length: stepCount }, (_, step) => sayStep(step, clientOf(step))),
    setting: 'With c1 (knows the roles), c2 (knows the roles), c3 (does not know the roles); tokens by ES256:',
    divergence:
      shortStory.divergence === null ? null : { ...shortStory.divergence, moment: last, step: stepCount - 1, chain: chainTo(last) },
  };
}

function chainTo(last: number): readonly ChainLink[] {
  return [
    { moment: 1, sentence: 'In step 1 c1 inserts todos/0.' },
    { moment: last, sentence: 'By S2 nothing of the replaced session may change what follows, but c1 showed status CLOSED.' },
  ];
}

function toldOfStep(step: number, client: string): readonly Told[] {
  const at = step * 137 * (step + 1);
  const kinds: readonly (readonly [string, MomentKind, string])[] = [
    ['world', step % 9 === 8 ? 'skip' : 'step', sayStep(step, client)],
    [client, step % 7 === 3 ? 'timer' : 'command', `calls insert todos/${step}`],
    [client, 'sent', `sends write ${step}`],
    ['server', 'sent', `sends answered q${step} at version ${step}`],
    ['server', 'received', `hears write ${step}`],
    ['server', 'commit', `commits write ${step} of ${client} as version ${step + 2}`],
    [client, 'received', `hears answered q${step} at version ${step}`],
    [client, step % 5 === 4 ? 'closing' : 'completion', 'the storage of the client has the write'],
    [client, 'shown', `shows results of q${step}: milk, rent, ${'and what else is to be done today '.repeat(step % 4)}(fulfilled)`],
    ['world', step % 6 === 5 ? 'fault' : 'quiescent', step % 6 === 5 ? `the connection of ${client} is lost` : 'nothing moves any more'],
  ];
  return kinds.map(([process, kind, title], place) => [step, at + place * (step % 3), process, kind, title]);
}

function messagesOfStep(step: number, client: string, last: number): readonly Message[] {
  const first = step * 10;
  const within = (place: number): number | null => (first + place < last ? first + place : null);
  const base = { client, connection: step };
  const write: Message = { ...base, to: 'server', word: `write ${step}`, sent: within(2), delivered: within(4), lost: null };
  const answer: Message = { ...base, to: 'client', word: `answered q${step}`, sent: within(3), delivered: within(6), lost: null };
  switch (step % 8) {
    case 5:
      return [write, { ...answer, delivered: null, lost: within(9) }];
    case 6:
      return [{ ...write, sent: null }, answer];
    case 7:
      return [write, { ...answer, delivered: null }];
    default:
      return [write, answer];
  }
}

function bandsOf(client: string, place: number, last: number): readonly StatusBand[] {
  const statuses = ['UNINITIALIZED', 'CONNECTING', 'OPEN', 'CLOSING', 'CLOSED', 'CONNECTING', 'OPEN'];
  const length = 17 + 5 * place;
  const count = Math.ceil((last + 1) / length);
  return Array.from({ length: count }, (_, index) => ({
    client,
    status: statuses[index % statuses.length] ?? 'OPEN',
    from: index * length,
    to: Math.min(last, (index + 1) * length - 1),
  }));
}

function groupsOf(last: number): readonly GroupBand[] {
  return Array.from({ length: Math.floor(last / 23) }, (_, index) => ({
    group: `g${index + 1}`,
    members: index % 2 === 0 ? ['c1 q1', 'c2 q2'] : ['c3 q7'],
    from: index * 23,
    to: Math.min(last, index * 23 + (index % 4 === 0 ? 2 : 55)),
  }));
}

function sayStep(step: number, client: string): string {
  const more =
    step % 10 === 4
      ? ', tags ["café", "仕事"], due "2030-01-02T09:00:00.000Z", assignee "ben", note "a long one, so that it takes two lines or three"'
      : '';
  return `${client} inserts todos/${step}: text "override the ${step % 2 === 0 ? 'bank' : 'viola'}", done false${more}`;
}

function moments(told: readonly Told[]): readonly Moment[] {
  return told.map(([step, atMs, process, kind, title], index) => ({
    index,
    step,
    atMs,
    process,
    kind,
    title,
    details: [
      ['event', kind],
      ['rows', 'milk: text "quantify the viola", done false\nrent: text "rekindle the tuba", done true'],
    ],
  }));
}

export function samplePage(story: Story): Page {
  return {
    name: 'sample',
    verdict: { verdict: story.divergence === null ? 'held' : 'failed' },
    story,
    facts: [
      ['seed', '7'],
      ['profile', 'writers with a schema'],
      ['original length', '31 steps'],
    ],
    replayCommand: 'npx lockstep replay reports/out/failures/s2-unexpected-status-closed.json',
    script: '{\n  "version": 1\n}\n',
    test: "import { test } from 'vitest';\n",
    testFile: 'properties/s2-unexpected-status-closed.test.ts',
  };
}
