/** `npm run findings`: writes `docs/findings.md`, what was found in the published packages, from their known deviations. */
import { writeFileSync } from 'node:fs';
import { findingsMarkdown } from '../../reports/markdown/findings.ts';
import { repositoryRoot } from '../simulate/root.ts';
import { findingsPath, gatherFindings } from './gather-findings.ts';

const root = repositoryRoot();
const findings = gatherFindings(root);
writeFileSync(findingsPath(root), findingsMarkdown(findings));
process.stdout.write(`docs/findings.md: ${findings.length} findings\n`);
