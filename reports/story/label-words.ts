/** The labels of links, completions and timers, and the steps that hold them, in words for somebody who does not know them. */
import type { Step } from '../../properties/scripts/script.ts';

/** `what c1 sends to the server` from `c1→server`. */
export function sayLabel(label: string): string {
  const [from, to] = label.split('→');
  if (from !== undefined && to !== undefined) return `what ${process(from)} sends to ${process(to)}`;
  const verified = /^server verify of (.+)$/u.exec(label)?.[1];
  if (verified !== undefined) return `the server's judging of the tokens of ${verified}`;
  const timer = /^server (.+ timer) of (.+)$/u.exec(label);
  if (timer !== null) return `the server's ${timer[1]} for ${timer[2]}`;
  const [, client, what] = /^(c\d+) (.+)$/u.exec(label) ?? [];
  if (client !== undefined && what !== undefined) return clientLabel(client, what);
  return serverLabels[label] ?? label;
}

const serverLabels: Readonly<Record<string, string>> = {
  'server append': "the server's storage",
  'server load': "the server's reading of its log",
  'server key set fetch': "the server's fetching of the key set",
};

function clientLabel(client: string, what: string): string {
  switch (what) {
    case 'opening':
      return `the opening of connections of ${client}`;
    case 'store':
      return `the storage of ${client}`;
    case 'refresh handler':
      return `the answer of the refresh handler of ${client}`;
    default:
      return `the ${what} of ${client}`;
  }
}

function process(name: string): string {
  return name === 'server' ? 'the server' : name;
}

/** How a step reads within a sentence; null where its own words do. */
export function sayArrangement(step: Step): string | null {
  switch (step.do) {
    case 'hold':
      return `the script holds back ${sayLabel(step.label)}`;
    case 'release':
      return `the script lets ${sayLabel(step.label)} go on`;
    case 'deliver':
      return `the script lets ${step.count} of ${sayLabel(step.label)} through`;
    default:
      return null;
  }
}
