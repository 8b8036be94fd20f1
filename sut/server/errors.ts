/** What `overrideSchema` rejects with where nothing is wrong with the schema. `name` is part of the contract: it survives bundling and is what callers compare. */

/** The server is not running, or reads its log again after its storage failed: nothing changed. */
export class ServerUnavailableError extends Error {
  override readonly name = 'ServerUnavailableError';
}

/** The storage failed or the server was closed while the schema was waiting or being stored: it may be current or not (W2). */
export class SchemaOutcomeUnknownError extends Error {
  override readonly name = 'SchemaOutcomeUnknownError';
}
