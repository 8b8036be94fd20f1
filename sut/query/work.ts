/**
 * What evaluating queries took, in plain numbers (H5). Time differs from one machine to the next; these do not, so that a test can say that
 * a cost grows with the sizes and no faster.
 */
export interface Work {
  /** Rows looked at because all of a collection were looked through. */
  rowsLooked: number;
  /** Statements tried on a row, and what they compared beyond one value: members of sets, code units of texts under `like`. */
  comparisons: number;
}

/** For whoever asks for no account. */
export function noAccount(): Work {
  return { rowsLooked: 0, comparisons: 0 };
}
