/**
 * Mutated frames to the decoders of server and client. Each is read or refused, in the words of a protocol error; what is read is what
 * the protocol describes, and stays what it is when it is written and read again.
 */
import type fc from 'fast-check';
import {
  decodeClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  encodeServerFrame,
  FrameTooLongError,
  frameLimitBytes,
  ProtocolError,
} from '../../../sut/protocol/codec.ts';
import { isLongerThan } from '../../../sut/protocol/text-size.ts';
import { cpuMs } from '../stalls.ts';
import { clientFrames, serverFrames } from './frames.ts';
import { isClientFrame, isServerFrame } from './lawful.ts';
import { batchSize, mutatedFrames } from './mutate.ts';

/** One of the two decoders, and what it is held to. */
interface Subject {
  readonly side: 'client' | 'server';
  readonly frames: fc.Arbitrary<unknown>;
  /** Reads the text, and writes what was read. */
  readonly decode: (data: string) => () => string;
  readonly isLawful: (data: string) => boolean;
}

const subjects: readonly Subject[] = [
  {
    side: 'client',
    frames: clientFrames,
    decode: (data) => {
      const frame = decodeClientFrame(data);
      return () => encodeClientFrame(frame);
    },
    isLawful: (data) => !isLongerThan(data, frameLimitBytes) && isClientFrame(data),
  },
  {
    side: 'server',
    frames: serverFrames,
    decode: (data) => {
      const frame = decodeServerFrame(data);
      return () => encodeServerFrame(frame);
    },
    isLawful: isServerFrame,
  },
];

export interface DecoderTally {
  readonly side: Subject['side'];
  readonly frames: number;
  /** Of these, still frames of the protocol. */
  readonly lawful: number;
  /** The longest that the decoder took for one frame, of CPU time: others may be at work on the machine. */
  readonly slowestMs: number;
  /** The first few, each with the place of its frame. */
  readonly failures: readonly string[];
}

/** A close frame holds no more of it; a message beyond this would be made for nobody. */
const messageLengthMost = 4_000;
const failuresTold = 5;
const shownMost = 300;

interface Judged {
  readonly isRead: boolean;
  readonly tookMs: number;
  /** What is wrong with how the text was taken. */
  readonly failure?: string | undefined;
}

function judge(subject: Subject, data: string): Judged {
  const beganMs = cpuMs();
  try {
    const encode = subject.decode(data);
    const tookMs = cpuMs() - beganMs;
    return { isRead: true, tookMs, failure: whyNotRead(subject, data, encode()) };
  } catch (error) {
    return { isRead: false, tookMs: cpuMs() - beganMs, failure: whyNotRefused(subject, data, error) };
  }
}

function whyNotRead(subject: Subject, data: string, written: string): string | undefined {
  if (!subject.isLawful(data)) return 'is read, and is no frame';
  return subject.decode(written)() === written ? undefined : 'is another frame when it is read again';
}

function whyNotRefused(subject: Subject, data: string, error: unknown): string | undefined {
  if (!(error instanceof ProtocolError || error instanceof FrameTooLongError)) return `ends the decoder: ${String(error)}`;
  const { message } = error;
  if (subject.isLawful(data)) return `is a frame, and is refused: ${message}`;
  if (/\p{Cc}/u.test(message)) return 'is refused in words that hold control characters';
  return message.length > messageLengthMost ? `is refused in ${message.length} letters` : undefined;
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface FuzzOptions {
  readonly seed: number;
  /** To each decoder. */
  readonly frames: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number) => void;
}

async function fuzzOne(subject: Subject, { seed, frames, signal, onProgress = () => {} }: FuzzOptions): Promise<DecoderTally> {
  let [done, lawful, slowestMs] = [0, 0, 0];
  const failures: string[] = [];
  for (let batch = 0; done < frames && signal?.aborted !== true; batch += 1) {
    for (const [place, data] of mutatedFrames(subject.frames, seed, batch)
      .slice(0, frames - done)
      .entries()) {
      const { isRead, tookMs, failure } = judge(subject, data);
      if (isRead) lawful += 1;
      slowestMs = Math.max(slowestMs, tookMs);
      if (failure !== undefined && failures.length < failuresTold)
        failures.push(`frame ${batch * batchSize + place} of seed ${seed} ${failure}: ${data.slice(0, shownMost)}`);
    }
    done = Math.min(frames, done + batchSize);
    onProgress(done);
    await breath();
  }
  return { side: subject.side, frames: done, lawful, slowestMs, failures };
}

/** Both decoders, one after the other. */
export async function fuzzDecoders(options: FuzzOptions): Promise<readonly DecoderTally[]> {
  const tallies: DecoderTally[] = [];
  for (const subject of subjects) tallies.push(await fuzzOne(subject, options));
  return tallies;
}
