/** For how long either end may hear nothing: the server gives up then, and a client that slept longer knows that it did (S9). */
export const longestSilenceMs = 105_000;
