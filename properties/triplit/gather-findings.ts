/** Reads all that `docs/findings.md` is drawn from: the known deviations, their reproductions, and the specification. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleNames, ruleSentence } from '../rules.ts';
import { deviationsFolder, readDeviations } from './deviations.ts';
import { anchorOf, type Finding, familiesOf, familyOf, readReproduction } from './finding.ts';

/** Rules of the harness itself: how a system shows itself to the world, or whether it settles. */
const besideTheSpecification = 'Beside the numbered rules';

/** By rule in the order of the specification, then by name. */
export function gatherFindings(root: string): readonly Finding[] {
  const specification = readFileSync(join(root, 'model', 'SPEC.md'), 'utf8');
  const families = [...familiesOf(specification), besideTheSpecification];
  const order = ruleNames();
  const findings = readDeviations(root).map(
    (deviation): Finding => ({
      deviation,
      family: familyOf(deviation.rule, specification) ?? besideTheSpecification,
      promise: ruleSentence(deviation.rule),
      ruleAnchor: anchorOf(deviation.rule, specification),
      reproduction: readReproduction(readFileSync(join(deviationsFolder(root), `${deviation.name}.ts`), 'utf8')),
    }),
  );
  const placeOf = ({ family, deviation }: Finding): number => families.indexOf(family) * order.length + order.indexOf(deviation.rule);
  return findings.sort((one, other) => placeOf(one) - placeOf(other));
}

export function findingsPath(root: string): string {
  return join(root, 'docs', 'findings.md');
}
