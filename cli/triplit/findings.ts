/** `npm run findings`: writes `docs/findings.md`, what was found in the published packages, and its figures into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatherFindings } from '../../properties/systems/triplit/finding.ts';
import { findingsMarkdown, withFindings } from '../../reports/triplit/findings.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';

const root = repositoryRoot();
const findings = gatherFindings(root);
const readme = join(root, 'README.md');
writeFileSync(join(root, 'docs', 'findings.md'), findingsMarkdown(findings));
writeFileSync(readme, withFindings(readFileSync(readme, 'utf8'), findings));
process.stdout.write(`docs/findings.md: ${findings.length} findings; README.md: their figures\n`);
