/** A server is known by its web address; sockets want a scheme of their own (RFC 6455, section 3). */
export function websocketUrl(serverUrl: string): string {
  return serverUrl.replace(/^http(s?):/i, 'ws$1:');
}
