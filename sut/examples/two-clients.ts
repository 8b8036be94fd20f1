/** A server and two clients over real sockets: what one writes, the other is shown. Run it by `npx tsx`. */
import { pathToFileURL } from 'node:url';
import { SignJWT } from 'jose';
import { createServer, or, Schema as S, SyncClient } from '../index.ts';

const schema = S.Collections({
  todos: { schema: S.Schema({ id: S.Id(), text: S.String(), done: S.Boolean({ default: false }), priority: S.Number() }) },
});

export async function twoClients(print: (line: string) => void): Promise<void> {
  const jwtSecret = 'a secret for this example and nothing else';
  const server = createServer({ jwtSecret });
  const { port } = await server.start(0);
  const connect = async (user: string) => {
    const claims = new SignJWT({ sub: user }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
    const token = await claims.sign(new TextEncoder().encode(jwtSecret));
    return new SyncClient({ schema, serverUrl: `http://localhost:${port}`, token });
  };
  const [ann, bob] = await Promise.all([connect('ann'), connect('bob')]);
  const pressing = or([
    ['priority', '>', 2],
    ['text', 'like', '%milk%'],
  ]);
  const query = ann.query('todos').Where('done', '=', false).Where(pressing).Order('priority', 'DESC');
  const seesBoth = new Promise<void>((resolve) => {
    ann.subscribe(query, (todos) => {
      print(`ann sees ${JSON.stringify(todos.map(({ text }) => text))}`);
      if (todos.length === 2) resolve();
    });
  });
  await bob.insert('todos', { text: 'Buy milk', priority: 1 });
  await bob.insert('todos', { text: 'Water the plants', priority: 2 });
  await bob.insert('todos', { text: 'Pay the rent', priority: 3 });
  await seesBoth;
  await Promise.all([ann.endSession(), bob.endSession()]);
  await server.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await twoClients(console.log);
