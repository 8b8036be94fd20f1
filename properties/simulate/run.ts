/** Runs a script as what it is, a relation or a run in lockstep, and tells a failure that is known by its name. */

import type { RunScript } from '../interpreter/run-options.ts';
import { runAnyScript } from '../relations/run-any-script.ts';
import { classifying } from '../systems/classifying.ts';

export const runScript: RunScript = classifying(runAnyScript);
