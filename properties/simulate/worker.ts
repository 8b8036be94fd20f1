/** The entry of a worker thread. It is bundled, so that a planted fault can be put in place while the source is loaded. */
import { parentPort } from 'node:worker_threads';
import { drawnScriptOf } from '../relations/draw.ts';
import { runAnyScript } from '../relations/run-any-script.ts';
import { shrinkScript } from '../shrinking/shrink.ts';
import { classifying } from '../triplit/classify.ts';
import { serve } from './serve.ts';

if (parentPort === null) throw new Error('this module runs in a worker thread');
serve(parentPort, { scriptOf: drawnScriptOf, runScript: classifying(runAnyScript), shrinkScript });
