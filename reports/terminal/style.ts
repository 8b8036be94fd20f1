/** Colours, where the reader has asked for none to be left out: a terminal, and no NO_COLOR (no-color.org). */

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  unsure(text: string): string;
}

const plainText = (text: string): string => text;
export const plainStyle: Style = { bold: plainText, dim: plainText, good: plainText, bad: plainText, unsure: plainText };

const escapeCharacter = String.fromCharCode(27);
const sequence =
  (on: number, off: number) =>
  (text: string): string =>
    `${escapeCharacter}[${on}m${text}${escapeCharacter}[${off}m`;
const colours: Style = {
  bold: sequence(1, 22),
  dim: sequence(2, 22),
  good: sequence(32, 39),
  bad: sequence(31, 39),
  unsure: sequence(33, 39),
};

export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export function styleOf(terminal: Terminal, environment: Readonly<Record<string, string | undefined>>): Style {
  const wanted = terminal.isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
  return wanted ? colours : plainStyle;
}

/** Columns to write in: those of the terminal, 100 where there is none, never more than people like to read. */
export function widthOf(terminal: Terminal): number {
  const columns = terminal.columns ?? 100;
  return Math.max(20, Math.min(columns, 120));
}
