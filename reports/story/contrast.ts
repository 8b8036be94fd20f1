/** The last link of the chain: what the rule asks for at this place, and what was seen instead. */

import { sayTokenLabel } from '../../properties/language/words-actions.ts';
import type { Failure } from '../../properties/trace.ts';
import { sayMembers } from '../events/basics.ts';
import { type Contrast, shapeContrast } from './contrast-shapes.ts';
import { sayRowsOf } from './rows-text.ts';
import type { Told } from './told.ts';

export function sayContrast(failure: Failure, ruleSentence: string, told: readonly Told[]): string {
  const { must, was } = contrastOf(failure, told);
  const rule = sayRule(failure.rule, ruleSentence);
  return withPlainTokens(`${rule === null ? capitalised(must) : `By ${rule} ${must}`}; but ${was}.`);
}

/** The title of a numbered rule; null for one without a number, whose law the contrast says itself. */
function sayRule(rule: string, sentence: string): string | null {
  if (!/^[A-Z]+\d+$/u.test(rule)) return null;
  const title = sentence.split(': ')[0] ?? '';
  return title === '' || title === rule ? rule : `${rule} (${title.charAt(0).toLowerCase()}${title.slice(1)})`;
}

function contrastOf(failure: Failure, told: readonly Told[]): Contrast {
  const shape = failure.class.slice(failure.rule.length + 1);
  const [only] = failure.allowed;
  const was = failure.message.replace(/\.$/u, '');
  if (failure.property.startsWith('relations/') && failure.rule !== 'world') {
    return {
      must: `both runs have to end alike`,
      was: `${was.replace(/^With [^:]+: /u, '')} (${failure.shown || 'nothing'} and not ${only ?? 'nothing'})`,
    };
  }
  if (shape.startsWith('owed ') || shape.startsWith('never ')) return owed(failure);
  if (shape.startsWith('missing ') && shape !== 'missing results')
    return { must: `${/^c\d+/u.exec(was)?.[0] ?? 'the client'} has to show ${only ?? 'it'} by now`, was: 'it never does' };
  if (shape.startsWith('unexpected ')) return { must: unexpected(only ?? 'nothing', failure), was };
  if (['wrong results', 'results unasked', 'wrong fulfilment', 'missing results'].includes(shape)) return results(failure, told);
  if (shape === 'partition') return partition(failure, told);
  if (/^\d+ (evaluations|encodings)$/u.test(shape)) return cost(failure);
  if (/ left$/u.test(shape)) return { must: `there must be ${only ?? 'nothing'} then`, was: `there is still: ${failure.shown}` };
  const known = shapeContrast(failure);
  if (known !== null) return known;
  if (failure.allowed.length === 0 || only === 'nothing' || only === 'none') return { must: 'this must not happen', was };
  const shown = failure.shown === '' || was.includes(failure.shown) || failure.shown === 'nothing' ? '' : ` (${failure.shown})`;
  return { must: `what has to be here is: ${failure.allowed.join(', or ')}`, was: `${was}${shown}` };
}

function unexpected(allowed: string, { message }: Failure): string {
  const whose = /^c\d+/u.exec(message)?.[0] ?? 'it';
  const stays = /^no change: (.+)$/u.exec(allowed)?.[1];
  if (stays !== undefined) return `the status of ${whose} has to stay ${stays}`;
  if (allowed.startsWith('status ') || allowed.startsWith('session error ')) return `${whose} has to show ${allowed} here`;
  const called = /showed (\w+) (?:resolved|rejected)/u.exec(message)?.[1];
  const call = called === undefined ? 'that call' : `${called} of ${whose}`;
  if (allowed === 'not settled yet') return `${call} must not settle yet`;
  if (allowed === 'resolved') return `${call} has to resolve`;
  if (allowed.startsWith('rejected with ')) return `${call} has to be ${allowed}`;
  return `there must be ${allowed} here`;
}

/** What is owed reads as something that has to happen. */
const duties: Readonly<Record<string, string>> = {
  'an attempt to connect': 'has to try to connect by now',
  'a call of the refresh handler': 'has to ask its refresh handler by now',
  'the end of CLOSING': 'has to be done with CLOSING by now',
  'giving up a silent connection': 'has to give up a connection on which nothing is heard',
  'a ping': 'has to send a ping by now',
  'acceptance or refusal': 'has to be accepted or refused by the server',
  'the close of an expired connection': 'has to see its connection closed by the server, since its token has expired',
  'the close of a connection that broke the protocol': 'has to see its connection closed by the server, since it broke the protocol',
  startSession: 'has to see its startSession settled',
  'the answer to a token update': 'has to be answered its token update',
  'the acknowledgement of a write': 'has to be told what became of its write',
  'the answer to a subscription': 'has to be answered its subscription',
  'the latest version of a subscription': 'has to be told the latest version of its subscription',
  'the close of a connection left behind': 'has to close the connection that it has left behind',
  recovery: 'has to go on once it has read its log',
};

function owed({ message, allowed }: Failure): Contrast {
  const whom = /(?:quiescence|healed,) (.+?) (?:is still owed|still waited for)/u.exec(message)?.[1] ?? 'somebody';
  const what = allowed[0] ?? 'something';
  const duty = duties[what];
  const when = message.startsWith('after the world had healed') ? 'even after the world has healed' : 'everything has come to rest, and';
  const [who, ofWhom] = whom.split(', of ');
  if (ofWhom !== undefined)
    return { must: `${who} has to give up the connection of ${ofWhom}, on which nothing is heard`, was: `${when} it has not happened` };
  return { must: duty === undefined ? `there has to be ${what}, for ${whom}` : `${whom} ${duty}`, was: `${when} it has not happened` };
}

function results({ allowed, shown, message }: Failure, told: readonly Told[]): Contrast {
  const name = /^(\S+ of \S+)/u.exec(message)?.[1] ?? 'the subscription';
  const some = allowed.filter((possibility) => possibility !== 'no emission');
  const was = (all: readonly string[]): string => (shown === 'nothing' ? 'it shows nothing' : `it shows ${sayRowsOf(shown, all)}`);
  if (some.length > 0) {
    const all = [...some, shown];
    return { must: `${name} has to show ${some.map((text) => sayRowsOf(text, all)).join(', or ')}`, was: was(all) };
  }
  const before = lastShown(name, told);
  if (before === null) return { must: `${name} must show nothing here`, was: was([shown]) };
  const all = [before, shown];
  return { must: `${name} has nothing new to show: it showed ${sayRowsOf(before, all)}`, was: `now ${was(all)}` };
}

/** What the subscription showed before the last time, as failures write it. */
function lastShown(name: string, told: readonly Told[]): string | null {
  const shown = told.flatMap(({ action }) =>
    action?.kind === 'observed' && action.observation.saw === 'results' && `${action.observation.subscription} of ${action.client}` === name
      ? [action.observation]
      : [],
  );
  const before = shown.at(-2);
  if (before === undefined) return null;
  const ids = before.rows.map(({ id }) => id).join(' ');
  return `rows [${ids}]${before.fulfilled ? '' : ', unfulfilled'}: ${JSON.stringify(before.rows)}`;
}

function partition({ allowed }: Failure, told: readonly Told[]): Contrast {
  const quiet = told.findLast(({ action }) => action?.kind === 'quiescent')?.action;
  const groups = quiet?.kind === 'quiescent' ? (quiet.quiescence.server?.groups ?? []) : [];
  const must =
    allowed.length === 0
      ? 'no group is to be left, since nobody is subscribed'
      : `the groups have to be ${allowed.map(sayGroup).join(', and ')}`;
  const held = groups.map(({ id, members }) => `${id} with ${sayMembers(members) || 'nobody'} in it`).join(', and ');
  return { must, was: held === '' ? 'the server has none' : `the server has ${held}` };
}

function sayGroup(members: string): string {
  return `{${members.replaceAll('/', ' ').replaceAll(/ (?=c\d)/gu, ', ')}}`;
}

function cost({ allowed: [range = ''], class: failureClass, message, shown }: Failure): Contrast {
  const [least = '', most = ''] = range.split(' to ');
  const group = / (g\d+) /u.exec(message)?.[1] ?? 'a group';
  const does = failureClass.endsWith('encodings') ? `encode the update of group ${group}` : `evaluate group ${group}`;
  const was = `this one does so ${shown === '1' ? 'once' : `${shown} times`}`;
  if (most === '0') return { must: `a commit that changes nothing in the group must not ${does}`, was };
  return { must: `a commit has to ${does} ${least === most ? 'exactly' : 'at most'} once, however many are in it`, was };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Tokens stand in failures by their labels. */
function withPlainTokens(text: string): string {
  return text.replaceAll(
    /[^\s/"(]+\/[^\s/]+\/\S+ (?:forever|until [-\d.]+ s)(?:, from [-\d.]+ s)?(?:, [A-Za-z]+)*?, (?:secret|key-\d+)\b/gu,
    sayTokenLabel,
  );
}
