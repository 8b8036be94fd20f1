/** The error of a peer that broke the protocol. Its message is meant to be read by that peer's author. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** What it sent is longer than allowed (B5). */
export class FrameTooLongError extends Error {
  override readonly name = 'FrameTooLongError';
}
