/** Works the agenda off until nothing more happens by itself: the forecast of a canonical run to quiescence. */
import { happenInSession, happenOnConnection } from './client.ts';
import { happenInServer } from './server.ts';
import type { Forecast, Happening } from './state.ts';

/** A forecast only guesses: beyond this many happenings the rest is forgotten. */
const mostHappenings = 400;

export function settle(forecast: Forecast): void {
  for (let count = 0; count < mostHappenings; count += 1) {
    const happening = forecast.agenda.shift();
    if (happening === undefined) return;
    happen(forecast, happening);
  }
  forecast.agenda.length = 0;
}

function happen(forecast: Forecast, happening: Happening): void {
  switch (happening.what) {
    case 'call':
      happening.call(forecast);
      return;
    case 'stored':
    case 'cleared':
    case 'refreshDue':
    case 'answer':
      happenInSession(forecast, happening);
      return;
    case 'hello':
    case 'updateToken':
    case 'fetched':
    case 'verified':
    case 'write':
    case 'append':
    case 'subscribe':
    case 'clientClose':
    case 'expiry':
    case 'ping':
    case 'nonsense':
    case 'schemaSaid':
    case 'push':
    case 'loaded':
      happenInServer(forecast, happening);
      return;
    default:
      happenOnConnection(forecast, happening);
  }
}
