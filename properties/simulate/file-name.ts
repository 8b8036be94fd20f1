/** The name of a file that tells of a class of failure: readable, and safe in every shell and file system. */
const longestName = 80;

export function fileNameOf(failureClass: string): string {
  const words = failureClass
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  return words.slice(0, longestName).replace(/-+$/u, '') || 'failure';
}
