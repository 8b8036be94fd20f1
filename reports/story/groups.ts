/**
 * Who shared a group of the server when. An answer names the group of its subscription at once; at quiescence the
 * server's own inspection tells them all, and is believed.
 */
import type { Action, ServerInspection } from '../../model/actions.ts';
import type { GroupBand } from './story.ts';
import type { Told } from './told.ts';

interface Membership {
  readonly group: string;
  /** Null where only the inspection told of it. */
  readonly connection: number | null;
}

/** The group of each member; members are `c1 q1`. Groups that nobody is in are kept, since they should not be. */
interface Partition {
  readonly groupOf: ReadonlyMap<string, Membership>;
  readonly empty: readonly string[];
}

const nobody: Partition = { groupOf: new Map(), empty: [] };

export function groupBandsOf(told: readonly Told[], momentOf: readonly number[], momentCount: number): readonly GroupBand[] {
  const bands: GroupBand[] = [];
  let open = new Map<string, { readonly members: readonly string[]; readonly from: number }>();
  const become = (groups: ReadonlyMap<string, readonly string[]>, at: number): void => {
    const next: typeof open = new Map();
    for (const [group, band] of open) {
      const members = groups.get(group);
      if (members !== undefined && isSame(members, band.members)) next.set(group, band);
      else if (at > band.from) bands.push({ group, members: band.members, from: band.from, to: at - 1 });
    }
    for (const [group, members] of groups) if (!next.has(group)) next.set(group, { members, from: at });
    open = next;
  };
  let partition = nobody;
  for (const [index, one] of told.entries()) {
    const next = one.event.event === 'twin' ? nobody : one.action === null ? partition : after(partition, one.action);
    if (next !== partition) become(groupsOf(next), momentOf[index] ?? 0);
    partition = next;
  }
  become(new Map(), momentCount);
  return bands.sort((left, right) => left.from - right.from || compare(left.group, right.group));
}

function after(before: Partition, action: Action): Partition {
  switch (action.kind) {
    case 'quiescent':
      return action.quiescence.server === null ? before : inspected(before, action.quiescence.server.groups);
    case 'serverSent': {
      const { client, connection, word } = action;
      if (word.word !== 'answered') return before;
      return { ...before, groupOf: new Map([...before.groupOf, [`${client} ${word.subscription}`, { group: word.group, connection }]]) };
    }
    case 'serverReceived': {
      const { client, word } = action;
      return word.word === 'unsubscribe' ? without(before, (member) => member === `${client} ${word.subscription}`) : before;
    }
    case 'serverClosed':
    case 'serverHeardClose':
      return without(before, (_member, { connection }) => connection === action.connection);
    case 'serverStopped':
      return nobody;
    default:
      return before;
  }
}

function without(before: Partition, leaves: (member: string, membership: Membership) => boolean): Partition {
  const staying = [...before.groupOf].filter(([member, membership]) => !leaves(member, membership));
  return staying.length === before.groupOf.size ? before : { ...before, groupOf: new Map(staying) };
}

function inspected(before: Partition, groups: ServerInspection['groups']): Partition {
  const members = groups.flatMap(({ id, members }) =>
    members.map(({ connection, subscription }): readonly [string, Membership] => {
      const member = `${connection} ${subscription}`;
      return [member, { group: id, connection: before.groupOf.get(member)?.connection ?? null }];
    }),
  );
  return { groupOf: new Map(members), empty: groups.filter((group) => group.members.length === 0).map(({ id }) => id) };
}

function groupsOf({ groupOf, empty }: Partition): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>(empty.map((group) => [group, []]));
  for (const [member, { group }] of groupOf) groups.set(group, [...(groups.get(group) ?? []), member]);
  return new Map([...groups].sort(([left], [right]) => compare(left, right)).map(([group, members]) => [group, members.sort()]));
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member, index) => member === other[index]);
}

/** `g2` before `g10`. */
function compare(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
