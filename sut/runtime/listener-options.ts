/** Where and for whom a real server listens, as it may be asked for; what cannot be is refused at once. */
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

/** Where the metrics are served; with neither port nor path: at `/metrics`, beside the health check. */
export interface MetricsOptions {
  /** A server of their own on that port; 0: any. Without one they are served beside the health check, for all to see. */
  readonly port?: number | undefined;
  /** `/metrics` unless told otherwise. */
  readonly path?: string | undefined;
  /** To which the port of their own is bound: 127.0.0.1 by default. */
  readonly host?: string | undefined;
}

export interface DeploymentOptions {
  /**
   * A server to attach to, HTTP or HTTPS. Its routes, its other upgrades, its listening and its closing stay its owner's. Without one
   * an HTTP server is made.
   */
  readonly server?: HttpServer | HttpsServer | undefined;
  /** To which a server of its own is bound; all interfaces by default. */
  readonly host?: string | undefined;
  /** Of the WebSocket, as `/sync`; any by default. */
  readonly path?: string | undefined;
  /** The origins from which browsers may connect, as `https://app.example.com`; any by default. What is no browser says none, and passes. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Off unless asked for. */
  readonly metrics?: MetricsOptions | undefined;
}

export const usualMetricsPath = '/metrics';

function requirePath(name: string, path: string | undefined): void {
  if (path !== undefined && !/^\/[^?#]*$/.test(path)) throw new RangeError(`${name} must begin with / and hold no ? or #, not ${path}`);
}

/** A browser says `null` for a page without an origin. */
function isOrigin(text: string): boolean {
  return text === 'null' || (URL.canParse(text) && new URL(text).origin === text);
}

/** @throws RangeError for what no server could do, by its name */
export function checkDeployment({ server, host, path, allowedOrigins, metrics }: DeploymentOptions): void {
  requirePath('path', path);
  requirePath('metrics.path', metrics?.path);
  const wrong = allowedOrigins?.find((origin) => !isOrigin(origin));
  if (wrong !== undefined) throw new RangeError(`allowedOrigins must hold origins as https://app.example.com, not ${wrong}`);
  if (server === undefined) return;
  if (host !== undefined) throw new RangeError('host is for a server of its own: the one that was given is bound by its owner');
  if (metrics !== undefined && metrics.port === undefined)
    throw new RangeError('metrics need a port of their own beside a server that was given, or a route of its owner that answers metrics()');
}
