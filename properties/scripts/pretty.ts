/** JSON for people: whatever fits on a line stands on one, so that a script reads as a list of steps. */

const widthCharacters = 140;

export function pretty(value: unknown, indent = ''): string {
  const line = inline(value);
  if (indent.length + line.length <= widthCharacters && indent.length > 0) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return block(
      '[',
      ']',
      value.map((item: unknown) => `${inner}${pretty(item, inner)}`),
      indent,
    );
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pretty(item, inner)}`);
    return block('{', '}', entries, indent);
  }
  return line;
}

function block(open: string, close: string, lines: readonly string[], indent: string): string {
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return JSON.stringify(value);
}
