/**
 * Where a debugged run stops, so that one can look around and set breakpoints before the step that matters. The step
 * itself is taken by whoever called: stepping out of here leads there. Without a debugger nothing happens.
 */
export function pause(): void {
  debugger;
}
