/** How the statuses of a session look: a colour, a pattern and a letter each, so that no reader depends on the colour. */

export interface StatusLook {
  readonly letter: string;
  readonly className: string;
}

const looks: ReadonlyMap<string, StatusLook> = new Map([
  ['UNINITIALIZED', { letter: 'U', className: 'status-uninitialized' }],
  ['CONNECTING', { letter: 'C', className: 'status-connecting' }],
  ['OPEN', { letter: 'O', className: 'status-open' }],
  ['CLOSING', { letter: 'G', className: 'status-closing' }],
  ['CLOSED', { letter: 'X', className: 'status-closed' }],
]);

/** Those of systems with other statuses look alike, but for the letter. */
export function lookOfStatus(status: string): StatusLook {
  return looks.get(status) ?? { letter: status.slice(0, 1).toUpperCase(), className: 'status-other' };
}

export function statusPatterns(): string {
  const pattern = (name: string, size: number, drawing: string): string =>
    `<pattern id="pattern-${name}" patternUnits="userSpaceOnUse" width="${size}" height="${size}"><rect width="${size}" height="${size}" class="pattern-ground"/>${drawing}</pattern>`;
  return [
    pattern('connecting', 6, '<path d="M-1 7 7-1M-1 1 1-1M5 7 7 5"/>'),
    pattern('closing', 5, '<path d="M0 2.5H5"/>'),
    pattern('closed', 5, '<circle cx="2.5" cy="2.5" r="1"/>'),
  ].join('');
}
