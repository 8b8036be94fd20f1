/** Who is in, and whether there is room for one more: all connections are counted, and those of each address (B5). */
import type { BoundName, Bounds } from '../protocol/bounds.ts';

export interface Door {
  /** The bound that lets no more in from there; undefined: there is room. */
  bar(address: string | undefined): BoundName | undefined;
  /** One more is in. What is answered is called once, when it is over. */
  enter(address: string | undefined): () => void;
  count(): number;
}

export function createDoor({ connectionsMax, connectionsPerAddressMax }: Bounds): Door {
  let count = 0;
  const byAddress = new Map<string, number>();

  function add(address: string | undefined, change: 1 | -1): void {
    count += change;
    if (address === undefined) return;
    const left = (byAddress.get(address) ?? 0) + change;
    if (left === 0) byAddress.delete(address);
    else byAddress.set(address, left);
  }

  return {
    bar(address) {
      if (count >= connectionsMax) return 'connectionsMax';
      const known = address === undefined ? 0 : (byAddress.get(address) ?? 0);
      return known >= connectionsPerAddressMax ? 'connectionsPerAddressMax' : undefined;
    },
    enter(address) {
      add(address, 1);
      return () => add(address, -1);
    },
    count: () => count,
  };
}
