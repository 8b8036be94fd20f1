/**
 * Colours where a reader can see them: on a terminal without NO_COLOR (no-color.org), or wherever FORCE_COLOR
 * (force-color.org) asks for them; it is the more particular wish of the two.
 */

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

export type Environment = Readonly<Record<string, string | undefined>>;

export function styleOf(terminal: Terminal, environment: Environment): Style {
  const forced = environment.FORCE_COLOR ?? '';
  if (forced !== '') return forced === '0' || forced === 'false' ? plainStyle : colours;
  const wanted = (environment.NO_COLOR ?? '') === '' && canDraw(terminal, environment);
  return wanted ? colours : plainStyle;
}

/** Whether something can be drawn over, and bars be told from noise: not in a pipe, a log, or on a dumb terminal. */
function canDraw(terminal: Terminal, environment: Environment): boolean {
  return terminal.isTTY === true && environment.TERM !== 'dumb';
}

/** The same where somebody looks on: some build machines show their log in a terminal that nobody sees. */
export function isWatched(terminal: Terminal, environment: Environment): boolean {
  const ci = environment.CI ?? '';
  return canDraw(terminal, environment) && (ci === '' || ci === 'false');
}

/** Columns to write in: those of the terminal, 100 where there is none, never more than people like to read. */
export function widthOf(terminal: Terminal): number {
  const columns = terminal.columns ?? 100;
  return Math.max(20, Math.min(columns, 120));
}
