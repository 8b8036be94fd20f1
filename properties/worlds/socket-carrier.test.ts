/** A carrier that did not carry must not go unnoticed: the websocket world is only worth what it compares. */
import { expect, test } from 'vitest';
import type { Transport } from '../../sut/runtime/ports.ts';
import { websocketTransport } from '../../sut/runtime/websocket-transport.ts';
import { wsListener } from '../../sut/runtime/ws-listener.ts';
import { assembleWorld } from './assemble.ts';
import { createSocketCarrier } from './socket-carrier.ts';
import { WorldStuckError, withWatchdog } from './stuck.ts';
import { createToy } from './toy-system.test-data.ts';

async function startOver(transport: Transport) {
  const carrier = await createSocketCarrier(wsListener(), transport);
  const world = assembleWorld({ clients: [{ name: 'c1', wallClockSkewMs: 0 }], initialLog: [], seed: 1 }, carrier, undefined);
  const toy = await createToy(world);
  await toy.perform({ do: 'connect', client: 'c1' });
  return { world, toy };
}

test('bytes that changed on the way are noticed', async () => {
  const { world, toy } = await startOver({
    connect: (url, events) => {
      const socket = websocketTransport.connect(url, events);
      return { ...socket, send: (data) => socket.send(data.toUpperCase()) };
    },
  });
  await toy.settle();
  await toy.perform({ do: 'clientSend', client: 'c1', text: 'quiet' });
  await expect(toy.settle()).rejects.toThrow('connection 1 (toServer) carried quiet as QUIET');
  await world.close();
});

test('a close that says something else is noticed', async () => {
  const { world, toy } = await startOver({
    connect: (url, events) => websocketTransport.connect(url, { ...events, onClose: (code) => events.onClose(code, 'something else') }),
  });
  await toy.settle();
  await toy.perform({ do: 'serverClose', client: 'c1', text: 'expired' });
  await expect(toy.settle()).rejects.toThrow('closed at the client with 4000 something else instead of 4000 expired');
  await world.close();
});

test('a dial that fails is not waited for', async () => {
  const { world, toy } = await startOver({ connect: (_url, events) => websocketTransport.connect('ws://127.0.0.1:1', events) });
  await expect(toy.settle()).rejects.toThrow('connection 1 closed instead of opening: 1006');
  await world.close();
});

test('what never arrives is told by name, as something undecided', async () => {
  const never = withWatchdog(new Promise(() => {}), 'frame 3 of connection 1', 1);
  await expect(never).rejects.toThrow(WorldStuckError);
  await expect(never).rejects.toThrow('waited 0.001 s for frame 3 of connection 1');
  await expect(withWatchdog(Promise.resolve('arrived'), 'something')).resolves.toBe('arrived');
});
