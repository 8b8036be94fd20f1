/** Tells how a campaign ended: in the terminal first, then in files. What cannot be written is told last, and changes nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isKnown } from '../../properties/simulate/known.ts';
import { type Simulation, verdictOf } from '../../properties/simulate/simulation.ts';
import { annotationsText } from '../../reports/github/annotations.ts';
import { isWatched, styleOf, widthOf } from '../../reports/terminal/style.ts';
import { summaryText } from '../../reports/terminal/summary.ts';
import { tellFailures, writeFailures } from '../failures.ts';
import { jsonText } from '../json-report.ts';
import { sayPath } from '../shared.ts';
import { type ExitCode, exitCodes, type Surroundings } from '../verb.ts';
import { reportOf, writeReports } from '../written-reports.ts';
import type { Conducted, Outputs } from './conducted.ts';
import { pathFromHere } from './describe.ts';
import type { KnownFailures } from './known-failures.ts';
import type { Troubles } from './troubles.ts';
import { writeWhole } from './write-file.ts';

export async function report(
  simulation: Simulation,
  { campaign, folder, system }: Conducted,
  failures: KnownFailures,
  outputs: Outputs,
  troubles: Troubles,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const style = styleOf(surroundings.out, surroundings.environment);
  const widthColumns = widthOf(surroundings.out);
  const bars = isWatched(surroundings.out, surroundings.environment);
  const verdict = verdictOf(simulation);
  const fault = campaign.fault === null ? undefined : pathFromHere(campaign.fault.path);
  const written = writeFailures(toldIn(simulation), failures, { system, seed: campaign.seed, fault });
  const told = reportOf(simulation, system, verdict, written);
  const page = folder === null ? null : join(folder, 'summary.html');
  surroundings.out.write(tellFailures(written, style, widthColumns));
  const form = { style, widthColumns, bars, verbose: outputs.verbose, page: page === null ? undefined : sayPath(page) };
  surroundings.out.write(summaryText(told, form));
  if (surroundings.environment.GITHUB_ACTIONS === 'true') surroundings.out.write(annotationsText(told));
  const { shard, versions, by } = campaign;
  const json = jsonText(simulation, verdict, { shard, versions, by, folder: folder === null ? null : sayPath(folder) });
  if (folder !== null) troubles.attempt(join(folder, 'report.json'), () => writeWhole(join(folder, 'report.json'), json));
  const { json: path } = outputs;
  if (path !== undefined) troubles.attempt(path, () => writeFileSync(path, json));
  await writeReports(told, { junit: outputs.junit, page }, surroundings);
  return exitCodes[verdict];
}

/** What is known is told by its name; on pages only where it was shrunk. */
function toldIn(simulation: Simulation): Simulation['failures'] {
  return simulation.failures.filter(({ failure, trace }) => !isKnown(failure) || trace !== undefined);
}
