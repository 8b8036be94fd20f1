/**
 * Mutated frames over real sockets, in several lanes. Behind each a ping: either it is answered, or the connection is closed with a
 * reason. What the decoder takes is lawful, and must not make the server fail; what it refuses must not go unpunished. Each frame has its
 * number, so that one that does harm can be sent again by itself.
 */
import { createHash } from 'node:crypto';
import { clientIdOf } from '../../../sut/protocol/client-id.ts';
import { decodeClientFrame } from '../../../sut/protocol/codec.ts';
import type { ClientFrame } from '../../../sut/protocol/frames.ts';
import { dial, enter, type RawConnection, writeFrame } from '../attacker.ts';
import { clientFrames } from '../fuzz/frames.ts';
import { batchSize, mutatedFrames } from '../fuzz/mutate.ts';
import { type Attack, type Ended, type Field, sayCounts } from './attack.ts';

const lanes = 6;
const answeredWithinMs = 30_000;
/** Rows are deleted again, so that the heap says nothing of them. */
const deletedAtOnce = 50;
/** One frame in so many goes out in a way that texts do not. */
const oddEvery = 20;
const complaintsMost = 5;
const shownMost = 300;

interface Numbered {
  readonly number: number;
  readonly text: string;
}

/** The client id of a lane lasts, so that what the server keeps of each does not grow with the frames. */
interface Lane {
  readonly field: Field;
  readonly token: string;
  readonly secret: string;
  sequence: number;
  requests: number;
  connection: RawConnection | undefined;
  isForked: boolean;
  rows: { readonly collection: string; readonly id: string; readonly generation: string }[];
}

interface Tally {
  readonly ends: string[];
  readonly complaints: string[];
}

function decoded(text: string): ClientFrame | null {
  try {
    return decodeClientFrame(text);
  } catch {
    return null;
  }
}

/** Where it would be turned away by its number or token alone, most get those that are due. */
function fitted(lane: Lane, frame: ClientFrame, { number, text }: Numbered): string {
  if (number % 10 < 3) return text;
  switch (frame.type) {
    case 'write':
      return JSON.stringify({ ...frame, sequence: lane.sequence + 1 });
    case 'updateToken':
      return JSON.stringify({ ...frame, request: lane.requests + 1, token: lane.token });
    case 'hello':
      return JSON.stringify({ ...frame, token: lane.token });
    default:
      return text;
  }
}

async function connected(lane: Lane): Promise<RawConnection> {
  const held = lane.connection;
  if (held !== undefined && held.socket.readyState === held.socket.OPEN && !lane.isForked) return held;
  held?.socket.terminate();
  const connection = await enter(lane.field.port, lane.token, lane.secret);
  lane.connection = connection;
  lane.requests = 0;
  lane.isForked = false;
  connection.listen(({ type, sequence, request }) => {
    // A number that is used up, by whatever write, is not due any more.
    if ((type === 'acknowledged' || type === 'rejected' || type === 'forked') && typeof sequence === 'number')
      lane.sequence = Math.max(lane.sequence, sequence);
    if ((type === 'tokenAccepted' || type === 'tokenRefused') && typeof request === 'number')
      lane.requests = Math.max(lane.requests, request);
    if (type === 'forked') lane.isForked = true;
  });
  return connection;
}

/** In one piece, in two, as bytes, or as text that is none. Returns whether it is a text for whoever reads it. */
function send({ socket }: RawConnection, { number, text }: Numbered): boolean {
  const bytes = Buffer.from(text);
  if (number % oddEvery !== 0) {
    socket.send(text, () => {});
    return true;
  }
  switch ((number / oddEvery) % 3) {
    case 0: {
      const half = bytes.length >> 1;
      socket.send(bytes.subarray(0, half), { binary: false, fin: false }, () => {});
      socket.send(bytes.subarray(half), { binary: false, fin: true }, () => {});
      return true;
    }
    case 1:
      socket.send(bytes, { binary: true }, () => {});
      return false;
    default:
      socket.send(Buffer.concat([bytes, Buffer.of(0xc3, 0x28)]), { binary: false }, () => {});
      return false;
  }
}

/** `pong`, how it was closed, or that there was neither. A frame that is a ping itself has a pong of its own, which comes first. */
async function answerOf(connection: RawConnection, isPing: boolean): Promise<string> {
  const pong = connection.heard('pong', isPing ? 2 : 1);
  connection.say({ type: 'ping' });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('nothing'), answeredWithinMs);
  });
  const end = await Promise.race([pong.then((isHeard) => (isHeard ? 'pong' : connection.closed)), tooLate]);
  clearTimeout(timer);
  return end;
}

/** What the server must not answer; undefined: it may. */
function whyWrong(answer: string, isLawful: boolean): string | undefined {
  if (answer === 'nothing') return 'is not answered';
  if (answer === 'pong') return isLawful ? undefined : 'is no frame, and is passed over';
  if (/"INTERNAL_ERROR","retry":true/u.test(answer)) return `makes the server fail (${answer})`;
  if (/^\d+$/u.test(answer) && answer !== '1007') return `is cut off without a reason (${answer})`;
  return undefined;
}

function sayEnd(answer: string, isLawful: boolean): string {
  if (answer === 'pong') return 'taken';
  return isLawful ? 'out of turn' : 'refused';
}

async function deleteRows(lane: Lane): Promise<void> {
  const operations = lane.rows.map((row) => ({ kind: 'delete', ...row }));
  lane.rows = [];
  if (operations.length === 0) return;
  const connection = await connected(lane);
  const answer = connection.next('acknowledged', 'rejected', 'forked');
  connection.say(writeFrame(lane.sequence + 1, operations));
  await answer;
}

function noteRows(lane: Lane, frame: ClientFrame | null, before: number): void {
  if (frame?.type !== 'write' || frame.sequence !== before + 1 || lane.sequence !== frame.sequence) return;
  const generation = `${clientIdOf(lane.secret)}:${frame.sequence}`;
  for (const { kind, collection, id } of frame.operations) if (kind === 'insert') lane.rows.push({ collection, id, generation });
}

/** A hello comes first on a connection, anything else on one that is accepted. */
async function sayOne(lane: Lane, numbered: Numbered, tally: Tally): Promise<void> {
  const asDrawn = decoded(numbered.text);
  const text = asDrawn === null ? numbered.text : fitted(lane, asDrawn, numbered);
  const frame = decoded(text);
  const greets = asDrawn?.type === 'hello' || numbered.text.startsWith('{"type":"hello"');
  const connection = greets ? await dial(lane.field.port) : await connected(lane);
  const before = lane.sequence;
  const isText = send(connection, { ...numbered, text });
  const isLawful = isText && frame !== null;
  const answer = await answerOf(connection, isLawful && frame?.type === 'ping');
  if (greets) connection.socket.terminate();
  tally.ends.push(sayEnd(answer, isLawful));
  const wrong = whyWrong(answer, isLawful);
  if (wrong !== undefined && tally.complaints.length < complaintsMost)
    tally.complaints.push(`frame ${numbered.number} of seed ${lane.field.seed} ${wrong}: ${text.slice(0, shownMost)}`);
  if (isText) noteRows(lane, frame, before);
  if (lane.rows.length >= deletedAtOnce) await deleteRows(lane);
}

/** One text after the other, drawn as they are needed. */
function* numberedTexts(seed: number, count: number): Generator<Numbered> {
  for (let batch = 0; batch * batchSize < count; batch += 1)
    for (const [place, text] of mutatedFrames(clientFrames, seed, batch, Math.min(batchSize, count - batch * batchSize)).entries())
      yield { number: batch * batchSize + place, text };
}

async function sayFrames(field: Field, seed: number, count: number): Promise<Ended> {
  const token = await field.keys.token('mallory');
  const texts = numberedTexts(seed, count);
  const tally: Tally = { ends: [], complaints: [] };
  const work = async (_: unknown, place: number): Promise<void> => {
    const secret = createHash('sha256').update(`lane ${place} of ${seed}`).digest('hex');
    const lane: Lane = { field, token, secret, sequence: 0, requests: 0, connection: undefined, isForked: false, rows: [] };
    for (const numbered of texts) {
      await sayOne(lane, numbered, tally);
      if (tally.ends.length % batchSize === 0)
        field.onProgress(`${tally.ends.length.toLocaleString('en')} of ${count.toLocaleString('en')} frames`);
    }
    await deleteRows(lane);
    lane.connection?.socket.terminate();
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return { how: sayCounts(tally.ends), complaints: tally.complaints };
}

/** Half of them each. */
function attackOf(name: string, setup: Attack['setup'] & string, rows: number): Attack {
  return {
    name,
    setup,
    rows,
    // Code that has never run, names that are new: what comes with the first of them comes once.
    warmUp: async (field) => sayFrames(field, field.seed + 1, Math.ceil(field.frames / 4)),
    run: (field) => sayFrames(field, field.seed, Math.ceil(field.frames / 2)),
  };
}

export const mutatedFrameAttacks: readonly Attack[] = [
  attackOf('mutated frames', 'open', 200),
  attackOf('mutated frames, under a schema with permissions', 'guarded', 200),
];
