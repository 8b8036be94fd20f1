/** Things that stand in a file each, under the name of their file, which follows from that of their export. */

/** In the order of the exports. */
export function named<Thing extends object>(exports: Readonly<Record<string, Thing>>): readonly (Thing & { readonly name: string })[] {
  return Object.entries(exports).map(([name, thing]) => ({ name: fileNameOf(name), ...thing }));
}

/** `back-off` from `backOff`. */
function fileNameOf(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
