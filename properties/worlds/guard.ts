/**
 * While system code runs, ambient time and chance throw: code that reads them behind the ports' back would make runs
 * irreproducible, and nobody would see it until a failure does not replay. Installed once in a thread and switched by a
 * flag, which is on from the call of system code until its last microtask. One world at a time runs system code in a thread.
 */

/** System code reached for ambient time or chance. */
export class AmbientAccessError extends Error {
  override readonly name = 'AmbientAccessError';
}

export interface Guard {
  /** From here on ambient time and chance throw. */
  enter(): void;
  leave(): void;
  /** What was reached for, in order, whether or not the system swallowed the error. */
  violations(): readonly string[];
}

/** The log of the world whose system code runs at this moment. */
let active: string[] | undefined;
let installed = false;

export function createGuard(): Guard {
  if (!installed) install();
  const log: string[] = [];
  return {
    enter: () => {
      if (active !== undefined) throw new Error('two worlds run system code at the same time in one thread');
      active = log;
    },
    leave: () => {
      active = undefined;
    },
    violations: () => log,
  };
}

function refuse(culprit: string, port: string): void {
  if (active === undefined) return;
  const message = `system code called ${culprit}: use ${port}`;
  active.push(message);
  throw new AmbientAccessError(message);
}

/** The same function, refused while system code runs. A proxy keeps its properties and its type. */
function refusing<Target extends (...parameters: never[]) => unknown>(target: Target, culprit: string, port: string): Target {
  return new Proxy(target, {
    apply: (original, self, parameters) => {
      refuse(culprit, port);
      return Reflect.apply(original, self, parameters);
    },
  });
}

const wallClockPort = 'the wall clock port';
const timersPort = 'the timers port';
const randomPort = 'the random port';

function install(): void {
  installed = true;
  installDate();
  performance.now = refusing(performance.now, 'performance.now', 'the timers port or the wall clock port');
  Math.random = refusing(Math.random, 'Math.random', randomPort);
  crypto.randomUUID = refusing(crypto.randomUUID, 'crypto.randomUUID', randomPort);
  crypto.getRandomValues = refusing(crypto.getRandomValues, 'crypto.getRandomValues', randomPort);
  globalThis.setTimeout = refusing(globalThis.setTimeout, 'setTimeout', timersPort);
  globalThis.setInterval = refusing(globalThis.setInterval, 'setInterval', timersPort);
  globalThis.setImmediate = refusing(globalThis.setImmediate, 'setImmediate', timersPort);
}

/** `new Date(…)` with arguments is arithmetic and stays allowed. */
function installDate(): void {
  Date.now = refusing(Date.now, 'Date.now', wallClockPort);
  globalThis.Date = new Proxy(Date, {
    construct: (original, parameters, newTarget) => {
      if (parameters.length === 0) refuse('new Date()', wallClockPort);
      return Reflect.construct(original, parameters, newTarget);
    },
    apply: (original, self, parameters) => {
      refuse('Date()', wallClockPort);
      return Reflect.apply(original, self, parameters);
    },
  });
  Date.prototype.constructor = Date;
}
