/** What a token is to the model, and how it can be judged (S5, S11). */

/** What may be wrong with a token, other than its time (S11). */
export type TokenFlaw =
  | 'none'
  | 'undecodable'
  | 'wrongSignature'
  | 'wrongAlgorithm'
  | 'missingAlgorithm'
  | 'noneAlgorithm'
  | 'keyConfusion'
  | 'tampered'
  | 'forgedKeyName'
  | 'wrongClaimsPath';

/** A token as the model knows it: by what it claims, never by its bytes. Equal labels mean equal tokens. */
export interface Token {
  readonly label: string;
  readonly user: string;
  readonly role: string;
  /** A claim that no role looks at: it may change under equal roles (S6). */
  readonly plan: string;
  /** Wall-clock milliseconds; null: never. */
  readonly expiresAtMs: number | null;
  readonly notBeforeMs: number | null;
  readonly flaw: TokenFlaw;
  /** Its claims say that it is a secret token (P1). */
  readonly secret?: boolean | undefined;
  /** The name of the key that signed it; with a shared secret always the same. */
  readonly key: string;
}

/** What the server makes of a token at the moment of decision. */
export type Judgement = 'good' | 'UNAUTHORIZED' | 'TOKEN_EXPIRED';
