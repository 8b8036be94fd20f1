/** A debugger comes to `replay --inspect`, as an editor would, by the protocol of Node's own inspector. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { repositoryRoot } from '../tools/repository-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fails in its second step where a late close event hits the new session. */
const token = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: null, validFromMs: null, flaw: 'none' };
const start = { do: 'startSession', client: 'c1', token, connect: true, refresh: null };
const script = {
  version: 1,
  profile: 'by hand',
  configuration: { clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [start, { ...start, token: { ...token, lifetimeMs: 0 } }],
};
const path = join(folder, 'script.json');
writeFileSync(path, JSON.stringify(script));

interface Attached {
  /** The step of each pause, asked in the frame that paused. */
  readonly pausedBefore: readonly unknown[];
  /** The files that the debugger knows by the source map. */
  readonly sources: readonly string[];
}

/** As much of what the inspector says as is looked at. */
interface Said {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly url?: string;
    readonly sourceMapURL?: string;
    readonly callFrames?: readonly { readonly callFrameId: string }[];
  };
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/**
 * Attaches, notes each pause, goes on, and leaves at the end. The end of the context may come before the debugger listens
 * for it, and the process waits until the debugger has gone: so it leaves when the process says that it waits, too.
 */
function attach(url: string, leave: Promise<void>, ended: Promise<unknown>): Promise<Attached> {
  const pausedBefore: unknown[] = [];
  const sources: string[] = [];
  const socket = new WebSocket(url);
  let asked = 0;
  const ask = (method: string, parameters: object = {}): number => {
    asked += 1;
    socket.send(JSON.stringify({ id: asked, method, params: parameters }));
    return asked;
  };
  const evaluations = new Set<number>();
  socket.on('open', () => {
    for (const method of ['Runtime.enable', 'Debugger.enable', 'Runtime.runIfWaitingForDebugger']) ask(method);
  });
  socket.on('message', (data) => {
    const { id, method, params, result }: Said = JSON.parse(String(data));
    if (method === 'Debugger.scriptParsed' && params?.url?.includes('reports/out/debug/'))
      sources.push(...sourcesOf(params.sourceMapURL ?? ''));
    if (method === 'Debugger.paused') {
      const callFrameId = params?.callFrames?.[1]?.callFrameId;
      evaluations.add(ask('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'pauseAt' }));
    }
    if (id !== undefined && evaluations.has(id)) {
      pausedBefore.push(result?.result?.value);
      ask('Debugger.resume');
    }
    if (method === 'Runtime.executionContextDestroyed') socket.close();
  });
  void leave.then(() => socket.close());
  return ended.then(() => ({ pausedBefore, sources }));
}

function sourcesOf(sourceMapUrl: string): readonly string[] {
  const text = Buffer.from(sourceMapUrl.slice(sourceMapUrl.indexOf(',') + 1), 'base64').toString('utf8');
  const { sources }: { readonly sources: readonly string[] } = JSON.parse(text);
  return sources;
}

test('it waits, pauses just before the step that fails, knows the sources, and ends as ever', async () => {
  const words = ['replay', path, '--fault', 'properties/faults/late-close-hits-new-session.json', '--inspect=0'];
  const replay = spawn(process.execPath, ['bin/lockstep.js', ...words], { cwd: repositoryRoot() });
  const ended = new Promise<number | null>((resolve) => replay.on('exit', resolve));
  let said = '';
  const heard = (words: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      replay.stderr.on('data', () => {
        const found = words.exec(said);
        if (found !== null) resolve(found);
      });
    });
  replay.stderr.on('data', (data) => {
    said += String(data);
  });
  const leave = heard(/Waiting for the debugger to disconnect/u).then(() => undefined);
  const attached = Promise.all([heard(/ws:\/\/\S+(?=\s)/u), heard(/; waiting/u)]).then(([[url]]) => attach(url, leave, ended));
  let shown = '';
  replay.stdout.on('data', (data) => {
    shown += String(data);
  });
  expect(await ended).toBe(1);
  const { pausedBefore, sources } = await attached;
  expect(pausedBefore).toEqual([1]);
  for (const file of ['sut/client/session.ts', 'model/step.ts']) expect(sources.some((source) => source.endsWith(file))).toBe(true);
  expect(said).toContain('the run fails in step 2 (S2 drew unasked); it pauses just before that');
  expect(shown).toContain('c1 drew chance that nothing called for');
});
