/** Fetching JSON over HTTP, for key sets that are published at a URL. */

/** The returned function rejects where the answer is not a success, not JSON or late. */
export function fetchJson(url: URL, timeoutMs: number): () => Promise<unknown> {
  return async () => {
    const response = await fetch(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`${url.href} answered with status ${response.status}.`);
    return response.json();
  };
}
