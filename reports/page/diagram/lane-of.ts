/** How a process looks: its own colour, the same in lane, arrows and words. Clients beyond the palette begin it anew. */
const clientColours = 6;

export function classOfProcess(process: string, processes: readonly string[]): string {
  if (process === 'server') return 'server';
  const place = processes.filter((name) => name !== 'server' && name !== 'world').indexOf(process);
  return place < 0 ? 'world' : `client-${(place % clientColours) + 1}`;
}
