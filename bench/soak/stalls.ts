/**
 * How long the event loop stands still, and how much of that the process is at work. The first depends on what else the machine does, the
 * second does not.
 */
export interface Stalls {
  /** The longest since it last began. */
  take(begins: boolean): { readonly stallMs: number; readonly stallCpuMs: number };
}

const lookEveryMs = 5;

/** That this process has used, user and system. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** `onLook` is called at each look. */
export function watchStalls(onLook: () => void): Stalls {
  let [stallMs, stallCpuMs] = [0, 0];
  let [lookedAtMs, cpuAtMs] = [performance.now(), cpuMs()];
  function look(): void {
    const [nowMs, cpuNowMs] = [performance.now(), cpuMs()];
    const late = Math.max(0, nowMs - lookedAtMs - lookEveryMs);
    stallMs = Math.max(stallMs, late);
    stallCpuMs = Math.max(stallCpuMs, Math.min(late, cpuNowMs - cpuAtMs));
    [lookedAtMs, cpuAtMs] = [nowMs, cpuNowMs];
  }
  setInterval(() => {
    look();
    onLook();
  }, lookEveryMs);
  return {
    take(begins) {
      look();
      const taken = { stallMs, stallCpuMs };
      if (begins) [stallMs, stallCpuMs] = [0, 0];
      // What follows is the matter of whoever asked, as the collection of garbage: it is no stall of the server's.
      setImmediate(() => {
        [lookedAtMs, cpuAtMs] = [performance.now(), cpuMs()];
      });
      return taken;
    },
  };
}
