/** Compiles what the page does in the browser: typed like all else, and one text within the page. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../tools/repository-root.ts';

export async function compilePageScript(): Promise<string> {
  const root = repositoryRoot();
  const { outputFiles } = await build({
    entryPoints: [join(root, 'reports', 'page', 'browser', 'main.ts')],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('the bundler gave nothing');
  return output.text.trim();
}
