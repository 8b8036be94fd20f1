/** A client and server that know sessions and nothing else, as a system under test: see the README beside this file. */
import { compactVerify, decodeJwt } from 'jose';
import type * as port from '../../properties/systems/adapter.ts';

const goodbye = JSON.stringify({ reason: 'MANUAL_DISCONNECT', retry: false, message: null });
const describeClose = (text: string): port.DescribedClose | null => (text === '' ? null : JSON.parse(text));

function createClient({ timers, transport, random }: port.ClientEnvironment, { serverUrl }: port.ClientSettings): port.ClientParts {
  let status: port.Status = 'UNINITIALIZED';
  let token: string | undefined;
  let socket: port.Socket | undefined;
  let timer: port.Timer | undefined;
  let failures = 0;
  let openedMs = 0;
  const onStatus: ((status: port.Status) => void)[] = [];
  const onError: ((type: string) => void)[] = [];
  const isLive = (): boolean => status === 'OPEN' || status === 'CONNECTING';

  /** Callbacks come last: whatever they call meets a client that is done. */
  function become(next: port.Status): void {
    if (next === status) return;
    status = next;
    if (next === 'OPEN') openedMs = timers.now();
    for (const callback of onStatus) callback(next);
  }

  /** Nothing of the former socket changes what follows. */
  function letGo(): void {
    timer?.cancel();
    if (isLive()) socket?.close(4000, goodbye);
    socket = undefined;
  }

  function dial(): void {
    letGo();
    const mine = transport.connect(serverUrl, {
      onOpen: () => mine === socket && isLive() && mine.send(JSON.stringify({ token })),
      onMessage: () => mine === socket && status === 'CONNECTING' && become('OPEN'),
      onClose: (_code, reason) => mine === socket && lose(describeClose(reason)),
    });
    socket = mine;
    become('CONNECTING');
  }

  /** A connection that was OPEN for 10 s was no failure. */
  function countOver(): void {
    if (status === 'OPEN' && timers.now() - openedMs >= 10_000) failures = 0;
  }

  function backOffMs(): number {
    const longestMs = Math.min(250 * 2 ** failures, 300_000);
    failures += 1;
    return Math.ceil((longestMs * (1 + random.fraction())) / 2);
  }

  function lose(close: port.DescribedClose | null): void {
    const wasLive = isLive();
    timer?.cancel();
    socket = undefined;
    countOver();
    if (wasLive && close?.retry !== false) timer = timers.schedule('reconnect', backOffMs(), dial);
    become('CLOSED');
    if (wasLive && close?.retry === false) for (const callback of onError) callback(close.reason);
  }

  function disconnect(): void {
    if (status === 'CLOSED') timer?.cancel();
    if (!isLive()) return;
    countOver();
    socket?.close(4000, goodbye);
    timer = timers.schedule('closing', 5_000, () => {
      socket?.terminate();
      lose(null);
    });
    become('CLOSING');
  }
  function replace(next: string | undefined, connects: boolean): void {
    failures = 0;
    token = next;
    letGo();
    if (connects) dial();
    else become(next === undefined ? 'UNINITIALIZED' : 'CLOSED');
  }
  const connect = (): void => (token === undefined || isLive() ? undefined : dial());
  return {
    startSession: async (next, connects) => (next !== token ? replace(next, connects) : connects ? connect() : disconnect()),
    endSession: async () => replace(undefined, false),
    connect,
    disconnect,
    status: () => status,
    token: () => token,
    onStatusChange: onStatus.push.bind(onStatus),
    onSessionError: onError.push.bind(onError),
  };
}

function createServer({ keys, complete, listener, timers, wallClock }: port.ServerEnvironment): port.ServerParts {
  const secret = new TextEncoder().encode(keys.kind === 'secret' ? keys.secret : '');
  const verify = (token: string) => compactVerify(token, secret, { algorithms: ['HS256'] }).catch(() => null);
  function accept(connection: port.Connection): port.ConnectionEvents {
    let timer: port.Timer | undefined;
    let isOver = false;
    const end = (reason?: string): void => {
      isOver = true;
      timer?.cancel();
      if (reason !== undefined) connection.close(4000, JSON.stringify({ reason, retry: false, message: null }));
    };
    const watch = (expiresMs: number): void => {
      if (wallClock.now() >= expiresMs) end('TOKEN_EXPIRED');
      else timer = timers.schedule(`expiry timer of ${connection.label}`, expiresMs - wallClock.now(), () => watch(expiresMs));
    };
    const greet = async (token: string): Promise<void> => {
      const isSigned = (await complete(`verify of ${connection.label}`, () => verify(token))) !== null;
      if (isOver) return;
      const { nbf = 0, exp } = isSigned ? decodeJwt(token) : { nbf: Number.POSITIVE_INFINITY };
      if (wallClock.now() < Math.round(nbf * 1000)) end('UNAUTHORIZED');
      else if (exp !== undefined) watch(Math.round(exp * 1000));
      if (!isOver) connection.send('accepted');
    };
    return { onMessage: (data) => void greet(JSON.parse(data).token), onClose: () => end() };
  }
  return { start: (port) => listener.listen(port, accept, () => 'well'), close: async () => {} };
}

export default {
  name: 'toy',
  sentence: 'a client and server that know sessions and nothing else',
  capabilities: ['sessions'],
  createClient,
  createServer,
  describe: (from, data) =>
    from === 'client' ? { word: 'hello', token: JSON.parse(data).token, clientId: '', schema: null } : { word: 'accepted' },
  describeClose,
} satisfies port.SystemAdapter;
