/**
 * What an event is worth in the explanation of a failure, and how half a sentence says it. The weights are those
 * of a reader: what was decided and what was shown tells more than what was sent.
 */

/** Half a sentence: `the server`, `commits write 1 of c1`. */
export interface Phrase {
  readonly weight: number;
  readonly who: string;
  readonly does: string;
  /** What follows from it as a matter of course, and need not be said as well. */
  readonly implies?: string;
  /** How a connection came about: says less where rows and writes are at stake. */
  readonly isOfSession?: boolean;
}

/** Who does it, and what, go without saying where its process does what its title says. */
export type PhraseDraft = Pick<Phrase, 'weight'> & Partial<Phrase>;

/** Names that an action alone does not tell: of a promise the call, of a client id the client. */
export interface Names {
  readonly callOf: (promise: string) => string;
  readonly clientOf: (clientId: string) => string;
}

export interface PhraseMatter {
  /** Of the failure: its rule, and everything that it says. */
  readonly subject: { readonly rule: string; readonly text: string };
  readonly names: Names;
  /** The command is the step under which it stands, and goes without saying there. */
  readonly isOwn: boolean;
  /** A word that its client has sent before. */
  readonly isAgain: boolean;
}
