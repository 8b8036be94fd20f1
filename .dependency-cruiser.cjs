/**
 * The import rules that keep the oracle honest: the model and the system under test never see each other, and what
 * must be deterministic cannot reach time, chance or sockets. `properties/architecture.test.ts` shows that each bites.
 */
/** Tests, the helpers in `sut/` that only tests use, and what drives a browser: for tests, and for the pictures of the README. */
const test = '([.]test|^sut/.*/test-[^/]+|^reports/page/browser/(open-tab|picture))[.]ts$';
const closed = '^sut/(client|server|query|protocol|schema)/';
/** Where a user of the library gets the real ports without naming them. */
const entries = '^sut/(server/(server|key-options)|client/client)[.]ts$';
/** Commands of npm that live beside what they run. */
const programs = '^properties/((corpus|faults|exhaust)/run|faults/(hunt|smoke)-report|published/(findings|reproductions))[.]ts$';
const builtin = { dependencyTypes: ['core'] };

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
      to: { path: '^(sut|properties|reports|cli|bench)/' },
    },
    {
      name: 'sut-knows-no-tests',
      comment: 'The system under test is a library of its own.',
      severity: 'error',
      from: { path: '^sut/' },
      to: { path: '^(model|properties|reports|cli|bench)/' },
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
      name: 'hashes-for-schemas-only',
      comment: 'One file knows by what schemas are hashed; the package has randomness of its own besides.',
      severity: 'error',
      from: { path: closed, pathNot: ['^sut/schema/hash[.]ts$', test] },
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
      name: 'closed-stays-closed',
      comment: 'What the closed folders import lies in them or holds the ports. Only the entries put the real ones in their place.',
      severity: 'error',
      from: { path: closed, pathNot: [entries, test] },
      to: { path: '^sut/', pathNot: [closed, '^sut/runtime/ports[.]ts$', '^sut/system[.]ts$'] },
    },
    {
      name: 'properties-know-no-command-line',
      severity: 'error',
      from: { path: '^properties/', pathNot: programs },
      to: { path: '^(cli|bench|reports)/' },
    },
    {
      name: 'fault-runner-knows-no-command-line',
      comment: 'It is a program of its own, as is the one that exhausts scopes, so it may draw reports.',
      severity: 'error',
      from: { path: programs },
      to: { path: '^bench/' },
    },
    {
      name: 'reports-draw-data',
      comment:
        'A renderer is given data: of the properties it knows the types, nothing that runs. The words of scripts are pure, and every report has to say the same.',
      severity: 'error',
      from: { path: '^reports/', pathNot: test },
      to: {
        path: '^(model|sut|cli|bench|properties)/',
        pathNot: ['^properties/trace-line[.]ts$', '^properties/scripts/words[^/]*[.]ts$', '^properties/scripts/schedule-words[.]ts$'],
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
      comment: 'A cycle of types alone binds no code.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: { path: '^(sut|properties|cli|reports|bench)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)node_modules/(@types|esbuild)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^sut/triplit/(sets|deviations)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
