/** The fuzzer begins from what is right, goes wrong in many ways, and is the same for a seed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeClientFrame, decodeServerFrame, encodeClientFrame, encodeServerFrame } from '../../../sut/protocol/codec.ts';
import { fuzzDecoders } from './decoders.ts';
import { clientFrames, serverFrames } from './frames.ts';
import { isClientFrame, isServerFrame } from './lawful.ts';
import { mutatedFrames } from './mutate.ts';

test('what it begins from is read as it was written, and is what the protocol describes', () => {
  const options = { seed: 7, numRuns: 1_000 };
  fc.assert(
    fc.property(clientFrames, (frame) => {
      const data = encodeClientFrame(frame);
      expect(isClientFrame(data)).toBe(true);
      expect(encodeClientFrame(decodeClientFrame(data)).length).toBeLessThanOrEqual(data.length);
    }),
    options,
  );
  fc.assert(
    fc.property(serverFrames, (frame) => {
      const data = encodeServerFrame(frame);
      expect(isServerFrame(data)).toBe(true);
      expect(decodeServerFrame(data)).toEqual(JSON.parse(data));
    }),
    options,
  );
});

test('the same seed and place mean the same frames', () => {
  const texts = mutatedFrames(clientFrames, 3, 4, 50);
  expect(mutatedFrames(clientFrames, 3, 4, 50)).toEqual(texts);
  expect(mutatedFrames(clientFrames, 3, 5, 50)).not.toEqual(texts);
});

test('both decoders take what is lawful, refuse the rest, and never fail otherwise', async () => {
  const tallies = await fuzzDecoders({ seed: 7, frames: 3_000 });
  for (const { frames, lawful, failures } of tallies) {
    expect(failures).toEqual([]);
    expect(frames).toBe(3_000);
    // Both often enough that each way is put to the test.
    expect(lawful).toBeGreaterThan(300);
    expect(lawful).toBeLessThan(2_000);
  }
});

test('a frame is held to the description, whatever the decoder says of it', () => {
  expect(isClientFrame('{"type":"subscribe","subscription":"s","query":{"collection":"t","where":[["a","in",1]],"order":[]}}')).toBe(false);
  expect(isClientFrame('{"type":"toString"}')).toBe(false);
  expect(isServerFrame('{"type":"progress","version":-1}')).toBe(false);
});
