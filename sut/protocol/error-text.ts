/** What logs say of an error: its stack, and the stacks of what caused it, since a message alone does not say where. */

/** More causes than this are a circle. */
const mostCauses = 8;

export function errorText(error: unknown): string {
  const texts: string[] = [];
  for (let at = error; at !== undefined && texts.length < mostCauses; at = at instanceof Error ? at.cause : undefined)
    texts.push(textOf(at));
  return texts.join('\nCaused by: ');
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? `${error.name}: ${error.message}`;
}
