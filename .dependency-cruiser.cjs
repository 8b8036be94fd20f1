/**
 * The import rules that keep the oracle honest: the model and the system under test never see each other, and what
 * must be deterministic cannot reach time, chance or sockets. `properties/architecture.test.ts` shows that each bites.
 */
/** Tests, what only tests use (`NAME.test-data.ts`, `NAME.test-tools.ts`, in `sut/` `test-NAME.ts`), and what drives a browser: for tests, and for the pictures of the README. */
const test = '([.]test(-data|-tools)?|^sut/.*/test-[^/]+|^reports/page/browser/open-tab|^cli/programs/picture)[.]ts$';
const closed = '^sut/(client|server|query|protocol|schema)/';
/** Where a user of the library gets the real ports without naming them. */
const entries = '^sut/(server/(server|key-options)|client/client)[.]ts$';
/** What measures the product takes it apart by packages of development. */
const instruments = '^properties/(reach|mutation)/';
const builtin = { dependencyTypes: ['core'] };

/** From the lowest to the highest: an arrow leads down, or stays on its floor. `model` and `sut` never see each other. */
const floors = [
  ['vocabulary', '^vocabulary/'],
  ['tools', '^tools/'],
  ['model and sut', '^(model|sut)/'],
  ['rules', '^properties/(finding|rules)([.]ts$|/)'],
  ['language', '^properties/language/'],
  ['worlds', '^properties/worlds/'],
  ['driving', '^properties/driving/'],
  ['generation', '^properties/generation/'],
  ['commands', '^properties/commands/'],
  ['steps', '^properties/steps/'],
  ['scripts', '^properties/scripts/'],
  ['trace', '^properties/trace(-line)?([.]ts$|/)'],
  ['shrinking', '^properties/shrinking/'],
  ['generator', '^properties/generator/'],
  ['checks', '^properties/(checks|coverage)/'],
  ['interpreter', '^properties/interpreter/'],
  ['systems', '^properties/systems/'],
  ['relations', '^properties/relations/'],
  ['campaigns', '^properties/(corpus|faults|exhaust|simulate|reach|mutation|debugging|testing)/'],
  ['gate', '^properties/gate/'],
  ['reports', '^reports/'],
  ['programs', '^(cli|bench|examples)/'],
];
const downward = floors.slice(0, -1).map(([name, path], floor) => ({
  name: `no-arrow-up-from-${name.replaceAll(' ', '-')}`,
  comment: 'What is more general stands lower, and imports nothing of a floor above it, types included.',
  severity: 'error',
  from: { path, pathNot: test },
  to: { path: floors.slice(floor + 1).map(([, above]) => above) },
}));

module.exports = {
  forbidden: [
    {
      name: 'model-stands-alone',
      comment: 'The specification imports nothing outside model/: neither code of ours, nor packages, nor Node.',
      severity: 'error',
      from: { path: '^model/', pathNot: test },
      to: { pathNot: '^(model|vocabulary)/' },
    },
    {
      name: 'model-tests-stand-alone',
      comment: 'Its tests may use the test tools and read files, but no other code of ours.',
      severity: 'error',
      from: { path: '^model/.*[.]test[.]ts$' },
      to: { path: '^(sut|properties|reports|cli|bench|examples)/' },
    },
    {
      name: 'sut-knows-no-tests',
      comment: 'The system under test is a library of its own.',
      severity: 'error',
      from: { path: '^sut/' },
      to: { path: '^(model|tools|properties|reports|cli|bench|examples)/' },
    },
    {
      name: 'sut-is-closed',
      comment: 'Client, server, query, protocol and schema reach the world through the ports only.',
      severity: 'error',
      from: { path: closed, pathNot: test },
      to: builtin,
    },
    {
      name: 'sut-packages',
      comment: 'The closed folders import no package, except jose for tokens and one hash for schemas.',
      severity: 'error',
      from: { path: closed, pathNot: test },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(jose|@noble/hashes)/' },
    },
    {
      name: 'hashes-in-three-files-only',
      comment:
        'Schemas, the secrets of clients and those of the server are hashed by it, in a file each; the package has randomness of its own besides.',
      severity: 'error',
      from: { path: closed, pathNot: ['^sut/schema/hash[.]ts$', '^sut/protocol/client-id[.]ts$', '^sut/server/keys[.]ts$', test] },
      to: { path: '(^|/)node_modules/@noble/hashes/' },
    },
    {
      name: 'jose-for-tokens-only',
      comment: 'The server judges tokens by it; the client only decodes them, in one file.',
      severity: 'error',
      from: { path: closed, pathNot: ['^sut/server/', '^sut/client/tokens[.]ts$', test] },
      to: { path: '(^|/)node_modules/jose/' },
    },
    {
      name: 'lmdb-in-its-entry-only',
      comment: 'An optional package: who does not open a storage on it must not need it.',
      severity: 'error',
      from: { pathNot: '^sut/storage/lmdb/' },
      to: { path: '(^|/)node_modules/lmdb/|^lmdb$' },
    },
    {
      name: 'idb-in-its-entry-only',
      comment: 'An optional package, and what it does is there in browsers alone.',
      severity: 'error',
      from: { pathNot: '^sut/storage/indexed-db/' },
      to: { path: '(^|/)node_modules/idb/|^idb$' },
    },
    {
      name: 'closed-stays-closed',
      comment: 'What the closed folders import lies in them or holds the ports. Only the entries put the real ones in their place.',
      severity: 'error',
      from: { path: closed, pathNot: [entries, test] },
      to: { path: '^sut/', pathNot: [closed, '^sut/runtime/ports[.]ts$'] },
    },
    ...downward,
    {
      name: 'programs-stand-alone',
      comment:
        'The command line, the benchmarks and the examples are for people, each by itself; benchmarks may read what the command line installs.',
      severity: 'error',
      from: { path: '^(cli|examples)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'every-folder-has-its-floor',
      comment: 'A folder that no floor names would escape the rule of arrows.',
      severity: 'error',
      from: {},
      to: { path: '^[^/]+/.*[.]ts$', pathNot: [...floors.map(([, path]) => path), 'node_modules/', test] },
    },
    {
      name: 'vocabulary-stands-alone',
      comment: 'It holds types, which are made of types.',
      severity: 'error',
      from: { path: '^vocabulary/', pathNot: test },
      to: { pathNot: '^vocabulary/' },
    },
    {
      name: 'vocabulary-is-types',
      comment: 'Model and system share no logic: what they have in common is gone when the program runs.',
      severity: 'error',
      from: {},
      to: { path: '^vocabulary/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'reports-draw-data',
      comment:
        'A renderer is given data: of the properties it knows the types, nothing that runs. The words of scripts are pure, and every report has to say the same.',
      severity: 'error',
      from: { path: '^reports/', pathNot: test },
      to: {
        path: '^(model|sut|cli|bench|properties)/',
        pathNot: [
          '^properties/trace-line[.]ts$',
          '^properties/(scripts|language)/words[^/]*[.]ts$',
          '^properties/commands/call-words[.]ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-tests-imported',
      severity: 'error',
      from: { pathNot: test },
      to: { path: test },
    },
    {
      name: 'test-tools-in-tests-only',
      severity: 'error',
      from: { path: '^(model|sut|properties|cli|reports|bench)/', pathNot: test },
      to: { path: '(^|/)node_modules/vitest/' },
    },
    {
      name: 'no-cycles',
      comment: 'Also of types: files of a circle can only be understood together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is forgotten.',
      severity: 'error',
      from: { orphan: true, path: '[.]ts$', pathNot: [test, '[.]d[.]ts$'] },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'But for the optional packages, and what stands in for one in tests: where one is not installed, all the rest holds.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(lmdb|idb|fake-indexeddb/auto)$' },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: { path: '^(sut|properties|cli|reports|bench)/', pathNot: [test, instruments] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)node_modules/(@types|esbuild)/' },
    },
    {
      name: 'instruments-by-name',
      comment: 'What measures the product may import packages of development, those that are listed here; nothing else may.',
      severity: 'error',
      from: { path: instruments, pathNot: test },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '(^|/)node_modules/(@types|esbuild|typescript|@stryker-mutator|istanbul-lib-(coverage|instrument))/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^sut/[^/]+/(sets|deviations)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
