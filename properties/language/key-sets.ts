/** How the server of a key set answers (S11), the plainest first: well, or as such servers fail. */
export const keySetAnswers = [
  /** The key that signs now, alone: every other has been withdrawn. */
  'current',
  'withFormer',
  /** As of before the last rotation: the key that signs now is not in it. */
  'former',
  'unreachable',
  'empty',
  /** Its keys are for something else than to verify. */
  'unusable',
  /** What comes is no key set. */
  'broken',
] as const;

export type KeySetAnswer = (typeof keySetAnswers)[number];

export const keySetWords: Readonly<Record<KeySetAnswer, string>> = {
  current: 'with the signing key alone',
  withFormer: 'with the former key as well',
  former: 'without the signing key',
  unreachable: 'not at all: it cannot be reached',
  empty: 'without any key',
  unusable: 'with keys that are not for verifying',
  broken: 'as something that is no key set',
};
