/** Lines of figures: how they are told. */

export function thousands(figure: number): string {
  return Math.round(figure).toLocaleString('en');
}

export const say = (label: string, figure: number, note: string): void => {
  console.log(`${label.padEnd(30)}${thousands(figure).padStart(9)}   (${note})`);
};

/** A ratio below one as 1 / n. */
export function times(figure: number, base: number): string {
  return figure >= base ? `${(figure / base).toFixed(1)} ×` : `1 / ${(base / figure).toFixed(1)}`;
}
