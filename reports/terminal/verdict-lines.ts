/** What summaries in a terminal consist of, of a simulation as of a gate: the verdict, figures one a line, notes. */
import type { GateVerdict } from '../../properties/gate/verdict.ts';
import type { Verdict } from '../../properties/simulate/simulation.ts';
import type { Figure } from '../explored/figures.ts';
import type { Style } from './style.ts';
import { broken, paragraph } from './text.ts';

export const labelColumns = 14;

const paints: Readonly<Record<Verdict | GateVerdict, 'good' | 'bad' | 'unsure'>> = {
  held: 'good',
  failed: 'bad',
  blocked: 'bad',
  undecided: 'unsure',
};

export function verdictLine(verdict: Verdict | GateVerdict, word: string, text: string, style: Style, widthColumns: number): string {
  const start = `${word}  `;
  return `${style[paints[verdict]](style.bold(word))}  ${paragraph(text, widthColumns, start).slice(start.length)}`;
}

export function figureLine([label, text]: Figure, style: Style, widthColumns: number): string {
  const start = `  ${label.padEnd(labelColumns)}`;
  return `  ${style.dim(label.padEnd(labelColumns))}${broken(paragraph(text, widthColumns, start)).slice(start.length)}`.trimEnd();
}

/** Under a blank line; nothing where there are none. */
export function noteLines(notes: readonly string[], style: Style, widthColumns: number): readonly string[] {
  return notes.map((note, index) => `${index === 0 ? '\n' : ''}${paragraph(note, widthColumns, '  ! ').replace('!', style.unsure('!'))}`);
}
