/** A server that keeps what it acknowledges, on LMDB. Run it by `npx tsx`; `--help` tells how. */
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { createServer } from '../index.ts';
import { openLmdbServerStorage } from '../storage/lmdb/index.ts';

const help = `Usage: npx tsx sut/examples/durable-server.ts [FOLDER] [PORT]

Runs a sync server that keeps its log in FOLDER (./sync-data) and listens on PORT (6543; 0 is any that is free).
SIGTERM and SIGINT end it: what was begun is ended and answered first, for 5 s at most.

  --help       prints this
  JWT_SECRET   the secret by which tokens are signed, 32 bytes at least. Without it, one of this run alone is made

Example: JWT_SECRET=… npx tsx sut/examples/durable-server.ts /var/lib/sync 8080
`;

const drainMs = 5_000;

export interface DurableServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function durableServer(
  { folder, port, jwtSecret }: { readonly folder: string; readonly port: number; readonly jwtSecret: string },
  print: (line: string) => void,
): Promise<DurableServer> {
  const storage = await openLmdbServerStorage(folder);
  const server = createServer({ jwtSecret, storage });
  const close = async (): Promise<void> => {
    await server.close({ drainMs });
    await storage.close();
    print('closed');
  };
  try {
    const started = await server.start(port);
    print(`keeps its log in ${storage.folder}, at version ${server.inspect().version}`);
    print(`listens on port ${started.port}`);
    return { port: started.port, close };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** The words of the command line; undefined where they ask for help. Throws a TypeError for what they cannot be. */
function readWords(words: readonly string[]): { readonly folder: string; readonly port: number } | undefined {
  const { values, positionals } = parseArgs({ args: [...words], options: { help: { type: 'boolean' } }, allowPositionals: true });
  const [folder = './sync-data', port = '6543', ...rest] = positionals;
  if (values.help === true) return undefined;
  if (rest.length > 0) throw new TypeError(`it takes a folder and a port, not ${rest.join(' ')}`);
  if (!/^\d{1,5}$/u.test(port) || Number(port) > 65_535) throw new TypeError(`a port is a number from 0 to 65535, not ${port}`);
  return { folder, port: Number(port) };
}

/** For trying it out: nobody else knows the secret. */
async function secretOfThisRun(print: (line: string) => void): Promise<string> {
  const secret = randomBytes(32).toString('hex');
  const token = await new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1d')
    .sign(new TextEncoder().encode(secret));
  print(`JWT_SECRET is not set; a token for this run: ${token}`);
  return secret;
}

async function main(): Promise<void> {
  const print = (line: string): void => console.log(line);
  const words = readWords(process.argv.slice(2));
  if (words === undefined) {
    process.stdout.write(help);
    return;
  }
  const server = await durableServer({ ...words, jwtSecret: process.env.JWT_SECRET ?? (await secretOfThisRun(print)) }, print);
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    server.close().catch(tellFailure);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
}

function tellFailure(error: unknown): void {
  process.stderr.write(`durable-server: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main().catch(tellFailure);
