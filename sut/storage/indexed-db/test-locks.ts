/** Web Locks of one machine, for tests: tabs share them, and each is killed by itself. */
import type { Locks } from './locks.ts';

export interface TestTab {
  readonly locks: Locks;
  /** The tab is gone: its locks are free, and nothing that waits for them ends. */
  kill(): void;
  /** Another one takes its locks by force. */
  steal(): void;
}

export function createTestTabs(): () => TestTab {
  const held = new Map<string, object>();
  return () => {
    const mine = new Map<string, { readonly token: object; readonly onStolen: (error: unknown) => void }>();
    const letGo = (name: string, token: object): void => {
      if (held.get(name) === token) held.delete(name);
    };
    const drop = (): void => {
      for (const [name, { token }] of mine) letGo(name, token);
    };
    return {
      locks: {
        async request(name, _options, callback) {
          if (held.has(name)) return await callback(null);
          const token = {};
          held.set(name, token);
          const stolen = new Promise<never>((_, onStolen) => mine.set(name, { token, onStolen }));
          try {
            return await Promise.race([callback({ name }), stolen]);
          } finally {
            letGo(name, token);
          }
        },
      },
      kill: drop,
      steal: () => {
        drop();
        for (const { onStolen } of mine.values()) onStolen(new DOMException('stolen', 'AbortError'));
      },
    };
  };
}
