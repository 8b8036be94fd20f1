/**
 * What a client sends a second time. Whoever looks for the cause of something that happened twice has to read that it
 * was asked for twice, which the word alone does not say.
 */
import { thingIn } from '../events/words.ts';
import type { Told } from './told.ts';

/** Places of the words that their client has said before, mostly on an earlier connection. */
export function repeatsOf(told: readonly Told[]): ReadonlySet<number> {
  const said = new Set<string>();
  /** Writes are numbered for each client id, which a client does not keep forever. */
  const clientIds = new Map<string, string>();
  const repeats = new Set<number>();
  for (const [place, { action, twin }] of told.entries()) {
    if (action === null || !('client' in action)) continue;
    const client = `${twin} ${action.client}`;
    const keyOf = (thing: string): string => `${client} ${clientIds.get(client) ?? ''} ${thing}`;
    // A number whose write was not kept is free for another write.
    if (action.kind === 'notStored') said.delete(keyOf(`write ${action.sequence}`));
    // A name that was given back may be that of another query.
    if (action.kind === 'command' && action.command.do === 'unsubscribe') said.delete(keyOf(`subscribe ${action.command.subscription}`));
    if (action.kind !== 'clientSent') continue;
    if (action.word.word === 'hello') clientIds.set(client, action.word.clientId);
    const thing = thingIn(action.word);
    if (thing === null) continue;
    if (said.has(keyOf(thing))) repeats.add(place);
    said.add(keyOf(thing));
  }
  return repeats;
}
