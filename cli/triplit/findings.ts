/**
 * `npm run findings`: writes what was found in the published packages to `docs/findings.md` and `docs/findings/`, and its
 * figures into the README. A page that is written no more is taken away.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatherFindings } from '../../properties/systems/triplit/finding.ts';
import { findingsPages, withFindings } from '../../reports/triplit/findings.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';

const root = repositoryRoot();
const findings = gatherFindings(root);
const pages = findingsPages(findings);
const readme = join(root, 'README.md');
const withReadme = withFindings(readFileSync(readme, 'utf8'), findings);
rmSync(join(root, 'docs', 'findings'), { recursive: true, force: true });
mkdirSync(join(root, 'docs', 'findings'));
for (const [path, text] of Object.entries(pages)) writeFileSync(join(root, 'docs', path), text);
writeFileSync(readme, withReadme);
const withheld = findings.filter(({ isWithheld }) => isWithheld).length;
process.stdout.write(
  `docs/findings.md and docs/findings/: ${findings.length - withheld} findings, ${withheld} withheld; README.md: their figures\n`,
);
