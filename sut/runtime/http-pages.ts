/** What is answered over HTTP: the health check, and the metrics where they were asked for. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export interface Page {
  readonly path: string;
  answer(): { readonly status: number; readonly contentType: string; readonly body: string };
}

export function healthPage(health: () => string, isServing: () => boolean): Page {
  return { path: '/healthcheck', answer: () => ({ status: isServing() ? 200 : 503, contentType: 'application/json', body: health() }) };
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function metricsPage(path: string, metrics: () => string): Page {
  return { path, answer: () => ({ status: 200, contentType: 'text/plain; version=0.0.4; charset=utf-8', body: metrics() }) };
}

export function pathOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?');
  return path;
}

function respond(pages: readonly Page[], request: IncomingMessage, response: ServerResponse): void {
  const page = pages.find(({ path }) => path === pathOf(request));
  if (page === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is a WebSocket here, and GET /healthcheck.\n');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
  } else {
    const { status, contentType, body } = page.answer();
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
  }
}

export function answering(pages: readonly Page[]): RequestListener {
  return (request, response) => respond(pages, request, response);
}
