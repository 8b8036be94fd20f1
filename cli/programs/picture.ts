/** `npm run picture`: makes the pictures of the README anew, from the page of a planted fault, in light and in dark. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, openTab } from '../../reports/page/browser/open-tab.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { main } from '../main.ts';

const fault = 'late-close-hits-new-session';

const root = repositoryRoot();
const pages = join(root, 'reports', 'out', 'pages');
const pictures = join(root, 'docs');
mkdirSync(pictures, { recursive: true });
process.exitCode = await main([
  'show',
  join(root, 'properties', 'corpus', 'planted', `${fault}.json`),
  '--fault',
  join(root, 'properties', 'faults', `${fault}.json`),
  '--out',
  pages,
]);
const browser = await launchChromium();
for (const theme of ['light', 'dark'] as const) {
  const { tab } = await openTab(browser, join(pages, `${fault}.html`), { widthPixels: 1280, heightPixels: 1240, theme, pixelRatio: 1.5 });
  await tab.screenshot({ path: join(pictures, `failure-page-${theme}.png`) });
}
await browser.close();
