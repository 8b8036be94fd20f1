/** Filters that are dear to read or to try on rows, as anybody may write them. */

/** Fits a text of the letter a up to its last letter, wherever it begins. */
export function almostFitting(times: number): string {
  return `${'%a_'.repeat(times)}b%`;
}

export function manyStatements(count: number, groups: number): unknown {
  const statements = Array.from({ length: count }, (_, index) => ['text', '=', `${index}`]);
  return Array.from({ length: groups }).reduce<unknown>((inner) => ({ mod: 'or', filters: [inner] }), { mod: 'or', filters: statements });
}

/** As large as the usual bounds of our server allow, and as long as a frame of it allows. */
export function atAllBounds(): readonly unknown[] {
  const list = Array.from({ length: 200 }, (_, at) => at);
  const statements = Array.from({ length: 900 }, (_, at) => ['size', 'nin', [at, ...list]]);
  const nested = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ mod: 'or', filters: [inner, ['text', 'like', '%a_a%']] }), {
    mod: 'and',
    filters: statements,
  });
  return [nested];
}
