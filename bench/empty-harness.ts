/**
 * The ceiling of every other figure: how many tasks a second the simulated world runs when the system does nothing but
 * answer each frame with a frame.
 */
import { hrtime } from 'node:process';
import { pathToFileURL } from 'node:url';
import { createSimulatedWorld } from '../properties/worlds/simulated.ts';

/** Plays ping-pong on one connection for `tasks` deliveries; each is asked for, run and drained as in a real run. */
export async function measureEmptyHarness(tasks: number) {
  const world = await createSimulatedWorld({ clients: [{ name: 'c1', wallClockSkewMs: 0 }], initialLog: [], seed: 1 });
  const server = world.serverEnvironment();
  const client = world.clientEnvironment('c1');
  await world.run(() => {
    void server.listener.listen(
      0,
      (connection) => ({ onMessage: (data) => connection.send(data), onClose: () => {} }),
      () => 'ok',
    );
    const socket = client.transport.connect('ws://server', {
      onOpen: () => socket.send('ping'),
      onMessage: (data) => socket.send(data),
      onClose: () => {},
    });
  });
  const began = hrtime.bigint();
  for (let run = 0; run < tasks; run += 1) {
    const [task] = world.tasks();
    if (task === undefined) throw new Error('the ball was lost');
    await world.execute(task.label);
  }
  const seconds = Number(hrtime.bigint() - began) / 1e9;
  await world.close();
  return { tasks, seconds, tasksPerSecond: tasks / seconds };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await measureEmptyHarness(20_000);
  const { tasks, seconds, tasksPerSecond } = await measureEmptyHarness(300_000);
  console.log(`empty harness: ${tasks} tasks in ${seconds.toFixed(2)} s, ${Math.round(tasksPerSecond)} a second on one core`);
}
