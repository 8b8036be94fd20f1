/** Finds what the page is known to hold. */

/** Throws where it is not there: the page and this script are made together. */
export function find<Wanted extends Element>(selector: string, kind: new () => Wanted, within: ParentNode = document): Wanted {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

export function findAll<Wanted extends Element>(
  selector: string,
  kind: new () => Wanted,
  within: ParentNode = document,
): readonly Wanted[] {
  return [...within.querySelectorAll(selector)].filter((found): found is Wanted => found instanceof kind);
}
