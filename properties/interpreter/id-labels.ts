/**
 * Ids that a system draws from its world's chance, told by labels: `c1's id 1`, `write id 3`, `incarnation 2`. A trace stays readable, and
 * holds nothing by which anybody could speak as a client. Systems that name their clients otherwise are left as they are.
 */
import type { Action, ClientWord } from '../../model/index.ts';

const drawn = /^[0-9a-f]{32}$/;

export type LabelIds = (action: Action) => Action;

export function createIdLabels(): LabelIds {
  const labels = new Map<string, string>();
  const counts = new Map<string, number>();

  function labelOf(id: string, kind: string): string {
    if (!drawn.test(id)) return id;
    const known = labels.get(id);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    const label = `${kind} ${count}`;
    counts.set(kind, count);
    labels.set(id, label);
    return label;
  }

  function labelledWord(client: string, word: ClientWord): ClientWord {
    if (word.word === 'hello') {
      const heard = word.heard && { ...word.heard, incarnation: labelOf(word.heard.incarnation, 'incarnation') };
      return { ...word, clientId: labelOf(word.clientId, `${client}'s id`), heard };
    }
    return word.word === 'write' && word.id !== undefined ? { ...word, id: labelOf(word.id, 'write id') } : word;
  }

  return (action) => {
    switch (action.kind) {
      case 'clientSent':
      case 'serverReceived':
        return { ...action, word: labelledWord(action.client, action.word) };
      case 'serverSent':
      case 'clientHeard': {
        const { word } = action;
        if (word.word !== 'accepted' || word.incarnation === undefined) return action;
        return { ...action, word: { ...word, incarnation: labelOf(word.incarnation, 'incarnation') } };
      }
      case 'incarnationKept':
        return { ...action, id: labelOf(action.id, 'incarnation') };
      case 'appendBegan': {
        const named = { ...action, clientId: labelOf(action.clientId, 'unsaid id') };
        return action.id === undefined ? named : { ...named, id: labelOf(action.id, 'write id') };
      }
      case 'notForgotten':
        return { ...action, id: labelOf(action.id, 'write id') };
      case 'committed':
      case 'refused':
        return { ...action, clientId: labelOf(action.clientId, 'unsaid id') };
      default:
        return action;
    }
  };
}
