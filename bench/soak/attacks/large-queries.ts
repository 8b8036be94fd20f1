/** Filters that are dear to read or to try on rows, as anybody may write them. */

/** Fits a text of the letter a up to its last letter, wherever it begins. */
export function almostFitting(times: number): string {
  return `${'%a_'.repeat(times)}b%`;
}

export function manyStatements(count: number, groups: number): unknown {
  const statements = Array.from({ length: count }, (_, index) => ['text', '=', `${index}`]);
  return Array.from({ length: groups }).reduce<unknown>((inner) => ({ mod: 'or', filters: [inner] }), { mod: 'or', filters: statements });
}

/** As large as the usual bounds of our server allow: statements, levels, and what a query may weigh. Nothing ends it early. */
export function atAllBounds(): readonly unknown[] {
  const list = Array.from({ length: 110 }, (_, at) => at);
  const lists = Array.from({ length: 70 }, (_, at) => ['size', 'nin', [at, ...list]]);
  const statements = Array.from({ length: 367 }, (_, at) => ['size', '!=', at]);
  const nested = Array.from({ length: 29 }).reduce<unknown>((inner) => ({ mod: 'or', filters: [['text', 'like', '%a_a%'], inner] }), {
    mod: 'and',
    filters: [...lists, ...statements],
  });
  return [nested];
}

/** A thousand of them are all that a connection may follow. Each holds up to its last statement, and no index helps. */
export function threeStatements(at: number): readonly unknown[] {
  return [
    ['size', '!=', -at],
    ['text', '!=', `${at}`],
    ['done', '>', at],
  ];
}
