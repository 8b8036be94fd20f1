/** Which of two versions of a package is the later one, and with it whether a deviation is mended in a set. */

/** The versions of packages by name; `fixedIn` names those from which on a deviation does not show, null that there are none. */
export function isMendedIn(versions: Readonly<Record<string, string>>, fixedIn: Readonly<Record<string, string>> | null): boolean {
  return fixedIn !== null && Object.entries(fixedIn).every(([name, least]) => isAtLeast(versions[name] ?? '0', least));
}

/** A version with a suffix comes before the same without. */
export function isAtLeast(version: string, least: string): boolean {
  const [one, other] = [partsOf(version), partsOf(least)];
  const differs = one.numbers.findIndex((number, index) => number !== (other.numbers[index] ?? 0));
  if (differs >= 0) return (one.numbers[differs] ?? 0) > (other.numbers[differs] ?? 0);
  if (one.suffix === '' || other.suffix === '') return one.suffix === '';
  return one.suffix.localeCompare(other.suffix, 'en', { numeric: true }) >= 0;
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly suffix: string } {
  const [main = '', ...suffix] = version.split('-');
  const [major = 0, minor = 0, patch = 0] = main.split('.').map(Number);
  return { numbers: [major, minor, patch], suffix: suffix.join('-') };
}
