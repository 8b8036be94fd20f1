/** The shapes of names in scripts: clients, processes, labels. */
import { clientNamePattern, isLabel } from './labels.ts';
import { pattern, type Shape } from './shapes.ts';

export const client: Shape<string> = pattern('a client like c1', (text) => clientNamePattern.test(text));
export const process: Shape<string> = pattern('server or a client like c1', (text) => /^(server|c[1-9][0-9]*)$/.test(text));
export const label: Shape<string> = pattern('a label like c1→server, c1 refresh timer or server append', isLabel);
