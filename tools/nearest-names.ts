/** The names that somebody may have meant: those that few keystrokes make of what was typed. */
const mostNames = 3;

/** At most three, the nearest first; none that shares less than half. Upper and lower case are alike, and so is a name without its folder. */
export function nearestNames(typed: string, known: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase();
  return known
    .map((name) => ({ name, apart: Math.min(...[name, withoutFolder(name)].map((form) => shareApart(wanted, form.toLowerCase()))) }))
    .filter(({ apart }) => apart <= 0.5)
    .sort((left, right) => left.apart - right.apart)
    .slice(0, mostNames)
    .map(({ name }) => name);
}

function withoutFolder(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** From 0, equal, to 1, nothing in common. */
function shareApart(left: string, right: string): number {
  return keystrokesBetween(left, right) / Math.max(left.length, right.length, 1);
}

/** Characters to put in, take out or replace to make one text of the other (Levenshtein's distance). */
function keystrokesBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [place, character] of [...left].entries()) {
    const next = [place + 1];
    for (let index = 0; index < right.length; index += 1) {
      const replaced = (row[index] ?? 0) + (right[index] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
