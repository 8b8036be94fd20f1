/** What the server spent on a commit or an answer, in numbers that do not depend on the machine (H5). */
export interface Spent {
  /** Statements tried on rows, members of sets and characters under `like` included. */
  readonly comparisons: number;
  /** Characters of rows that were made text. */
  readonly unitsEncoded: number;
  readonly attributesCopied: number;
}
