/** What the server did since it started, in plain numbers: the costs that benchmarks and tests hold it to. */
export interface Counters {
  /** Groups whose result was recomputed because of a commit. */
  evaluations: number;
  /** Rows tried against a group's filter to find out whether the group needs an evaluation. */
  probes: number;
  /** Updates of groups turned into text. */
  encodings: number;
  framesSent: number;
  /** Appends begun: of writes, rejections and schemas. */
  appends: number;
}

export function zeroCounters(): Counters {
  return { evaluations: 0, probes: 0, encodings: 0, framesSent: 0, appends: 0 };
}
