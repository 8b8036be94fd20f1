/** The server of a run's key set: what is fetched is what it serves when the fetch begins. It knows what each of its answers is worth. */
import type { KeySetAnswer } from '../language/key-sets.ts';
import { type KeyPairAlgorithm, keyName, publicJwk } from './test-keys.ts';

export interface KeySetServer {
  serve(answer: KeySetAnswer): void;
  fetch(): Promise<unknown>;
  /** The names of the keys of an answer that can verify; null: it is no key set. */
  keysIn(answer: unknown): readonly string[] | null;
}

/** `generation` says which key signs now. */
export function createKeySetServer(algorithm: KeyPairAlgorithm, generation: () => number): KeySetServer {
  let served: KeySetAnswer = 'current';
  const worth = new WeakMap<object, readonly string[]>();

  const setOf = (names: readonly string[]): object => {
    const set = { keys: names.map((name) => publicJwk(algorithm, name)) };
    worth.set(set, names);
    return set;
  };
  const answer = (): object => {
    const [former, current] = [generation() - 1, generation()].map((each) => keyName(algorithm, each));
    if (former === undefined || current === undefined) throw new RangeError('a key has no name');
    switch (served) {
      case 'current':
        return setOf([current]);
      case 'withFormer':
        return setOf([former, current]);
      case 'former':
        return setOf([former]);
      case 'empty':
        return setOf([]);
      case 'unusable': {
        const set = { keys: [{ ...publicJwk(algorithm, current), use: 'enc' }] };
        worth.set(set, []);
        return set;
      }
      case 'broken':
        return { error: 'unavailable' };
      case 'unreachable':
        throw new Error('the server of the key set cannot be reached');
    }
  };
  return {
    serve: (next) => {
      served = next;
    },
    fetch: async () => answer(),
    keysIn: (given) => (typeof given === 'object' && given !== null ? (worth.get(given) ?? null) : null),
  };
}
