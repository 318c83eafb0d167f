import { cdk, cdk8s, javascript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-mesh',
  description: 'Typed cdk8s constructs for service meshes: Gateway API, Istio and Linkerd objects that agree with each other',
  author: 'The cdk8s-mesh authors',
  authorAddress: 'maintainers@cdk8s-mesh.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-mesh/cdk8s-mesh.git',
  keywords: ['cdk8s', 'kubernetes', 'service-mesh', 'istio', 'linkerd', 'gateway-api'],
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-mesh authors',
  defaultReleaseBranch: 'main',

  packageManager: javascript.NodePackageManager.NPM,
  // The first that can require an ES module, which the CEL parser is.
  minNodeVersion: '20.19.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.4.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  // Not jsii modules: they travel inside the package.
  bundledDeps: ['@marcbachmann/cel-js@^8', 'commander@^14', 'js-yaml@^5', 're2js@^2'],
  devDeps: ['cdk8s-cli@^2', 'fast-check@^4', 'tsx@^4', 'yaml@^2'],
  bin: { 'cdk8s-mesh': 'bin/cdk8s-mesh' },

  publishToPypi: { distName: 'cdk8s-mesh', module: 'cdk8s_mesh' },
  publishToMaven: {
    javaPackage: 'dev.cdk8smesh',
    mavenGroupId: 'dev.cdk8s-mesh',
    mavenArtifactId: 'cdk8s-mesh',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-mesh/cdk8s-mesh-go', packageName: 'cdk8smesh' },

  github: false,
  release: false,
  depsUpgrade: false,
  projenrcTs: true,
  integrationTestAutoDiscover: false,
  sampleCode: false,
  readme: { filename: 'README.md' },

  jest: true,
  jestOptions: {
    jestVersion: '^30',
    // A snapshot changes only when a person says so: `npx projen test:update`.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      // Four times as fast as v8's, which looks at all code that cdk8s-plus loads too.
      coverageProvider: 'babel',
      maxWorkers: '100%',
      moduleNameMapper: { '^cdk8s-mesh$': '<rootDir>/src/index.ts' },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      collectCoverageFrom: ['src/**/*.ts', '!src/imports/**'],
      coverageReporters: ['text', 'json-summary'],
      coverageThreshold: { statements: 95 },
      // Jest cannot require an ES module yet.
      transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/)'],
      transform: {
        '/@marcbachmann/.+\\.js$': new javascript.Transform('ts-jest', { tsconfig: { allowJs: true, module: 'commonjs', target: 'es2022' }, diagnostics: false }),
      },
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'conformance', 'crds'], commandOptions: { fix: false } },
  // What is @internal is no part of the declarations, so that they do not lead to src/imports. Source maps would double the time of loading.
  tsconfig: { compilerOptions: { stripInternal: true, inlineSourceMap: false, inlineSources: false } },
  validateTsconfig: cdk.ValidateTsconfig.MINIMAL,
  tsconfigDev: { compilerOptions: { paths: { 'cdk8s-mesh': ['../src/index.ts'] } } },
});

new javascript.NpmConfig(project, { omitEmpty: true }).addConfig('omit-lockfile-registry-resolved', 'true');

// The resolver of eslint and jest: most platforms lack its 1.13.0, and `npm ci` refuses a lockfile without them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// Code outside src imports the library by its name, as its users do.
for (const dir of ['examples', 'bench', 'conformance', 'crds']) {
  new javascript.TypescriptConfig(project, {
    fileName: `${dir}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
    compilerOptions: { noEmit: true, rootDir: '..', paths: { 'cdk8s-mesh': ['../src/index.ts'], 'cdk8s-mesh/lib/*': ['../src/*'] } },
    include: ['**/*.ts'],
    exclude: ['**/dist'],
  });
}

// The rooms of the house, and who may look into which.
const ROOMS = {
  l2: ['istio', 'linkerd', 'envoy-gateway', 'monitoring', 'certificates', 'delivery'],
  judges: ['validation', 'analysis', 'simulation', 'migration'],
};
const room = (name: string) => `./src/${name}`;
const others = (...allowed: string[]) => ({ from: './src', except: allowed.map(name => `./${name}`) });
project.eslint?.addRules({
  'import/no-cycle': 'error',
  'import/no-restricted-paths': ['error', {
    zones: [
      ...['imports', 'semantics', 'manifests'].map(name => ({ target: room(name), ...others(name) })),
      { target: room('gateway-api'), ...others('gateway-api', 'imports', 'semantics') },
      ...ROOMS.l2.map(name => ({ target: room(name), ...others(name, 'gateway-api', 'imports', 'semantics') })),
      { target: room('mesh'), ...others('mesh', 'gateway-api', ...ROOMS.l2, 'imports', 'semantics') },
      ...ROOMS.judges.map(name => ({ target: room(name), ...others(...new Set([name, 'manifests', 'semantics', 'validation'])) })),
    ],
  }],
});
project.eslint?.addIgnorePattern('src/imports/');
project.tryFindObjectFile('.eslintrc.json')?.addOverride('settings.import/resolver.typescript.project', ['./tsconfig.json', './examples/tsconfig.json']);

project.addTask('import', {
  description: 'Generate src/imports from crds (--check: only say whether it is current)',
  exec: 'tsx crds/import.ts',
  receiveArgs: true,
});
project.addTask('since', {
  description: 'Generate the since-tables in src/semantics from crds/since (--check: only say whether they are current)',
  exec: 'tsx crds/since.ts',
  receiveArgs: true,
});
project.addTask('examples', { description: 'Synthesize every example', exec: 'tsx examples/synth.ts' });
project.addTask('quickstart', { description: 'Synthesize examples/quickstart and say what it made', exec: 'tsx examples/synth.ts quickstart' });
project.addTask('test:package', { description: 'Use the packed package in apps outside of this repository', exec: 'tsx test/package/run.ts' });
project.addTask('bench', {
  description: 'Compare with generated classes and bare objects: time, memory, growth',
  exec: 'tsx bench/bench.ts',
  receiveArgs: true,
});
project.addTask('conformance', {
  description: 'Build the real engines, run all cases, and fail where a verdict moved (--record: write the verdicts down)',
  exec: 'tsx conformance/run.ts',
  receiveArgs: true,
});
project.addTask('fuzz', {
  description: 'Hold the validator against the validators of the API server, with mutated objects of every kind',
  exec: 'tsx conformance/fuzz/run.ts',
  receiveArgs: true,
});
project.addTask('fuzz:programs', {
  description: 'Have the API server and istiod judge what random programs of constructs make',
  exec: 'tsx conformance/programs/run.ts',
  receiveArgs: true,
});
project.addTask('field-coverage', {
  description: 'Write docs/{,istio-,linkerd-}field-coverage.md: what sets each field, and the example that shows it (--check: only say whether they are current)',
  exec: 'tsx conformance/programs/field-coverage.ts',
  receiveArgs: true,
});
project.addTask('support', {
  description: 'Write docs/support.md: what works in which mesh and behind which gateway, and what proves it (--check: only say whether it is current)',
  exec: 'tsx conformance/support.ts',
  receiveArgs: true,
});
project.addTask('bench:validation', {
  description: 'Compare validation with the validators of the API server, and say what it costs at synth',
  exec: 'tsx bench/validation.ts',
  receiveArgs: true,
});
// See docs/decisions/005.
project.compileTask.exec('tsx projenrc/lazy-index.ts');
project.preCompileTask.exec('tsx crds/import.ts --check');
project.preCompileTask.exec('tsx crds/since.ts --check');
project.postCompileTask.exec('tsc --project test/tsconfig.json');
project.postCompileTask.exec('tsx conformance/programs/field-coverage.ts --check');
for (const dir of ['examples', 'bench', 'conformance', 'crds']) {
  project.postCompileTask.exec(`tsc --project ${dir}/tsconfig.json`);
}

// The JavaScript package is all that is published from here; the others are built from its assembly.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

project.npmignore?.exclude('/bench/', '/examples/', '/conformance/', '/crds/**/*.ts', '/crds/tsconfig.json', '/crds/since/', '/docs/', '/.ci/', '/lib/imports/', '/API.md', 'CONTRIBUTING.md', '.npmrc');
project.gitignore.exclude('/examples/*/dist/', '/bench/.measured/', '/conformance/.engines/');

project.synth();
