/** Names that tie steps together: a subscription, a hold. A step that needs what nothing began means nothing. */
export interface Names {
  /** What it begins; null: nothing. */
  readonly begins: string | null;
  /** What must have been begun; null: nothing. */
  readonly needs: string | null;
  /** Whether it ends what it needs. */
  readonly ends: boolean;
}

export function noNames(): Names {
  return { begins: null, needs: null, ends: false };
}

export function begins(name: string): Names {
  return { begins: name, needs: null, ends: false };
}

export function goesOn(name: string): Names {
  return { begins: null, needs: name, ends: false };
}

export function ends(name: string): Names {
  return { begins: null, needs: name, ends: true };
}
