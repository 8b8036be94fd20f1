/** A bundle in which some files hold other texts than they do on disk: instrumented ones, for example. */
import type { Plugin } from 'esbuild';

/** `texts` are told by absolute path; `wasLoaded` says which of them the bundle took in. */
export interface OtherTexts {
  readonly plugin: Plugin;
  readonly loaded: () => ReadonlySet<string>;
}

export function otherTexts(texts: ReadonlyMap<string, string>): OtherTexts {
  const loaded = new Set<string>();
  const plugin: Plugin = {
    name: 'other texts',
    setup: (building) => {
      building.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = texts.get(path);
        if (contents === undefined) return undefined;
        loaded.add(path);
        return { contents, loader: 'ts' };
      });
    },
  };
  return { plugin, loaded: () => loaded };
}
