/** A trace, one event a line. */
import type { TraceEvent } from '../../properties/trace.ts';

export function traceText(trace: readonly TraceEvent[]): string {
  const times = trace.map((event) => `${event.atMs} ms`);
  const timeColumns = Math.max(0, ...times.map((time) => time.length));
  const processColumns = Math.max(0, ...trace.map((event) => event.process.length));
  const eventColumns = Math.max(0, ...trace.map((event) => event.event.length));
  return trace
    .map((event, index) =>
      [
        sayStepNumber(event.step),
        (times[index] ?? '').padStart(timeColumns),
        event.process.padEnd(processColumns),
        event.event.padEnd(eventColumns),
        event.detail,
      ].join('  '),
    )
    .join('\n');
}

/** Steps count from 1 for people; what happens before the first has none. */
function sayStepNumber(step: number): string {
  return (step < 0 ? '' : String(step + 1)).padStart(3);
}
