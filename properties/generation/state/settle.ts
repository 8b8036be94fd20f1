/** Works the agenda off until nothing more happens by itself: the forecast of a canonical run to quiescence. */
import type { Forecast } from './state.ts';

/** A forecast only guesses: beyond this many happenings the rest is forgotten. */
const mostHappenings = 400;

export function settle(forecast: Forecast): void {
  for (let count = 0; count < mostHappenings; count += 1) {
    const happening = forecast.agenda.shift();
    if (happening === undefined) return;
    happening.happen(forecast);
  }
  forecast.agenda.length = 0;
}
