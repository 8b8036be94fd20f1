/** What a run begins with, in one sentence. */

import { saySchedule } from '../../properties/language/words-schedule.ts';
import { sayDuration } from '../../properties/language/words-time.ts';
import type { ClientConfiguration, Script } from '../../properties/scripts/script.ts';

export function saySetting({ configuration }: Script): string {
  const rows = Object.entries(configuration.rows)
    .filter(([, held]) => held.length > 0)
    .map(([collection, held]) => `${collection}/${held.map((row) => row.id).join(',')}`);
  const claims = configuration.claimsPath === null ? '' : `, claims at ${configuration.claimsPath}`;
  const holds = rows.length === 0 ? 'no rows at the start' : `rows at the start: ${rows.join(' ')}`;
  const order = configuration.schedule === undefined ? '' : saySchedule(configuration.schedule);
  const clients = configuration.clients.map(sayClient).join(', ');
  return `With ${clients}; tokens by ${configuration.authentication}${claims}; ${holds}${isAbsent(configuration.schema) ? '' : '; the server has a schema'}${order === '' ? '' : `; ${order}`}:`;
}

function sayClient({ name, knowsRoles, wallClockSkewMs, schema }: ClientConfiguration): string {
  const skew =
    wallClockSkewMs === 0 ? '' : `, its clock ${sayDuration(Math.abs(wallClockSkewMs))} ${wallClockSkewMs > 0 ? 'ahead' : 'behind'}`;
  return `${name} (${knowsRoles ? 'knows' : 'does not know'} the roles${isAbsent(schema) ? '' : ', has a schema of its own'}${skew})`;
}

function isAbsent(schema: Script['configuration']['schema']): boolean {
  return schema === null || schema === undefined;
}
