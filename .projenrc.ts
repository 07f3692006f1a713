import { awscdk, github, javascript, JsonFile, TextFile } from 'projen';
import { LAYERS, PACKAGES } from './projenrc/layers';
import type { PackageName } from './projenrc/layers';

/** The peer floor: the lowest pair on which everything installs in one root and builds in Go. */
const CDK_FLOOR = '2.257.0';
const CONSTRUCTS_FLOOR = '10.5.1';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-ssm-maintenance-windows',
  description: 'AWS CDK constructs for AWS Systems Manager maintenance windows: typed tasks, least-privilege roles, validation at synthesis.',
  author: 'cdk-ssm-maintenance-windows contributors',
  authorAddress: 'https://github.com/cdk-ssm-maintenance-windows',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows.git',
  homepage: 'https://github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows#readme',
  bugsUrl: 'https://github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows/issues',
  license: 'Apache-2.0',
  keywords: ['aws', 'aws-cdk', 'aws-cdk-construct', 'awscdk', 'cdk', 'ssm', 'systems-manager', 'maintenance-window', 'patching', 'patch-manager'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  projenVersion: '~0.103.25',
  cdkVersion: CDK_FLOOR,
  constructsVersion: CONSTRUCTS_FLOOR,
  cdkCliVersion: '^2.1148.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.16.0',

  docgen: true,
  release: false, // the generated release workflow names a registry's host
  buildWorkflow: false, // the generated one knows a part of what must hold, see below
  depsUpgrade: false,
  pullRequestTemplate: false,
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'test', 'build', 'ci', 'perf', 'refactor', 'style', 'chore'] },
    },
  },
  lambdaAutoDiscover: false,
  integrationTestAutoDiscover: false,
  bundlerOptions: { esbuildVersion: '0.28.2' },

  publishToPypi: { distName: 'cdk-ssm-maintenance-windows', module: 'cdk_ssm_maintenance_windows' },
  publishToMaven: {
    javaPackage: 'io.github.cdk_ssm_maintenance_windows',
    mavenGroupId: 'io.github.cdk-ssm-maintenance-windows',
    mavenArtifactId: 'cdk-ssm-maintenance-windows',
  },
  publishToGo: { moduleName: 'github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go', packageName: 'cdkssmmaintenancewindows' },
  publishToNuget: { dotNetNamespace: 'CdkSsmMaintenanceWindows', packageId: 'CdkSsmMaintenanceWindows' },

  jestOptions: {
    jestVersion: '^30',
    // a test must be able to fail on a snapshot
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      testTimeout: 120_000,
      clearMocks: true,
      maxWorkers: '100%',
      setupFiles: ['<rootDir>/test/support/fast-check-seed.ts'],
      moduleNameMapper: { '^cdk-ssm-maintenance-windows$': '<rootDir>/src' },
      collectCoverageFrom: ['src/**/*.ts'],
      // the packages of other languages hold copies of what is in node_modules
      modulePathIgnorePatterns: ['<rootDir>/.tools/', '<rootDir>/dist/'],
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'compat', 'projenrc', 'examples', 'scripts'],
    commandOptions: { fix: false },
  },

  devDeps: [
    '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-ssm@^3',
    '@types/aws-lambda@^8',
    'ajv@^8',
    'croner@^11.0.1',
    'ajv-formats@^3',
    'aws-cdk@^2.1148.1',
    'aws-sdk-client-mock@^4',
    'awslint@2.262.2-alpha.0',
    'cdk-nag@^3.0.2',
    'cronstrue@^3',
    'fast-check@^4',
    'ical.js@^2.2',
    'jsii-reflect@^1.134.0',
    'leven@^3.1.0',
    'playwright-core@^1.64',
    'yaml@^2.9.1',
  ],

  gitignore: [
    'cdk.out', '.venv', '.tools', '.jsii.tabl.json', 'tsconfig.tsbuildinfo', 'test/.out', '/assets', '__pycache__', '/examples/typescript/*.js', '/examples/typescript/package-lock.json', '/examples/java/target', '/examples/go/go.sum', '/examples/go/patching', '/examples/*/cdk.out', '/dist', '*.tsbuildinfo',
  ],
});

for (const pattern of [
  '/.ci', '/.venv', '/.tools', '/awslint.json', '/bench', '/data', '/cdk.json', '/compat', '/examples', '/rosetta', '/scripts', '/docs',
  'cdk.out', '/.jsii.tabl.json', '/lib/setting/handler', '/lib/cli', '/lib/forecast', '/lib/importer', '/API.md', '/CONTRIBUTING.md', '/SECURITY.md', '/.npmrc',
  '/.github', '/.gitattributes', '/.mergify.yml', '/projenrc', '/tsconfig.json', '/.eslintrc.json', '/.projenrc.ts',
]) project.npmignore!.exclude(pattern);

// The lock file must not depend on a machine's npm settings, nor name a registry.
new TextFile(project, '.npmrc', { lines: ['omit-lockfile-registry-resolved=true'] });

// 1.12.2 is the newest release whose packages for other platforms are complete: `npm ci` refuses a lock file that lacks one.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// Only the public API can be imported; the package's own name resolves in the examples.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// `reserved-word` is not silenced: it would hide slips beside `lambda`, and a test knows the whole list.
project.compileTask.reset('jsii');

// The handler is bundled at build time; the AWS SDK comes from the Lambda runtime.
project.bundler.addBundle('src/setting/handler/setting.lambda.ts', { target: 'node22', platform: 'node', externals: ['@aws-sdk/*'], sourcemap: false });

// The command line brings its parser and the AWS SDK with it: both are no dependency of an app that uses the constructs.
project.bundler.addBundle('src/cli/main.ts', {
  target: 'node20', platform: 'node', sourcemap: false, esbuildArgs: { '--minify': true, '--legal-comments': 'linked' },
});
project.addBins({ 'ssm-windows': 'bin/ssm-windows' });

// ── lint ─────────────────────────────────────────────────────────────────────────────────────────────
const eslint = project.eslint!;
const SRC = './src';
eslint.allowDevDeps('src/setting/handler/setting.lambda.ts');
eslint.allowDevDeps('src/setting/handler/calls.ts');
eslint.allowDevDeps('src/importer/read/read-yaml.ts');
eslint.allowDevDeps('src/cli/**');

/** The files of a folder, without those of folders below it that have a row of their own. */
function filesOf(layer: string): string {
  return `${SRC}/${layer}/${Object.keys(LAYERS).some((other) => other.startsWith(`${layer}/`)) ? '*' : '**/*'}.{ts,json}`;
}

/** What each folder may not import, by the table of projenrc/layers.ts. */
const zones = Object.entries(LAYERS).map(([layer, { uses, because }]) => ({
  target: filesOf(layer),
  from: [`${SRC}/*.ts`, ...Object.keys(LAYERS).filter((other) => other !== layer && !uses.includes(other)).map(filesOf)],
  message: `src/${layer} may use ${uses.length > 0 ? uses.join(', ') : 'no other folder'}: ${because}`,
}));

eslint.addRules({
  'max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }],
  'max-lines': ['error', { max: 700 }],
  'no-console': ['error'],
  'no-bitwise': ['error'],
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  'no-restricted-imports': ['error', {
    patterns: [{
      // two of its inner modules are in the exports of aws-cdk-lib: the decorator of injectable constructs is one
      regex: '^aws-cdk-lib/(.*/)?lib/(?!prop-injectable$)',
      message: 'internals of aws-cdk-lib change without notice',
    }],
  }],
  'no-restricted-syntax': ['error', {
    selector: 'MethodDefinition[value.type="TSEmptyBodyFunctionExpression"][value.body=null]:not([static=false][accessibility="private"])',
    message: 'jsii keeps only the first overload',
  }, {
    selector: 'CatchClause',
    message: 'constructs never catch; state the reason where a handler or the command line must',
  }],
  'import/no-restricted-paths': ['error', {
    zones: [
      ...zones,
      {
        target: `${SRC}/*.ts`,
        from: ['importer', 'importer/*', 'forecast', 'cli', 'setting/handler'].map((layer) => `${SRC}/${layer}/**/*.ts`),
        message: 'the index exports constructs and their values only',
      },
      {
        target: `${SRC}/task/{run-command,automation,lambda,step-functions}-task.ts`,
        from: `${SRC}/task/{run-command,automation,lambda,step-functions,maintenance-window}-task.ts`,
        message: 'the kinds of tasks do not know each other',
      },
    ],
  }],
});

/** Packages that a folder may not import; the type of what another layer is handed may be named. */
function restrictedPackages(files: string[], allowed: readonly PackageName[], holder: string) {
  // a pattern that lets types pass does so for all patterns: those of CDK are left to the first
  const names = [...new Set([...allowed, 'cdk' as const])].map((name) => PACKAGES[name].modules.source.replace(/^\^/, '')).join('|');
  const cdk = { regex: PACKAGES.cdk.modules.source, message: `${holder} may not use aws-cdk-lib or constructs` };
  const others = { regex: `^(?!\\.|${names})`, message: `${holder} may not use this package`, allowTypeImports: true };
  eslint.addOverride({
    files,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: allowed.includes('cdk') ? [others] : [cdk, others] }] },
  });
}
for (const [layer, { packages }] of Object.entries(LAYERS)) {
  // of the folders that may use it, one file knows the SDK
  restrictedPackages([filesOf(layer).replace('./', '')], packages.filter((name) => name !== 'sdk'), `src/${layer}`);
}
restrictedPackages(['src/setting/handler/calls.ts'], ['sdk', 'node'], 'the calls of the handler');
restrictedPackages(['src/cli/ssm-source.ts'], ['sdk', 'node'], 'the source of the command line');
eslint.addOverride({ files: ['src/**/*.ts'], rules: { 'max-lines': ['error', { max: 400 }] } });
eslint.addOverride({
  files: ['test/**/*.ts', 'compat/**/*.ts', 'scripts/**/*.ts', 'examples/**/*.ts', '.projenrc.ts'],
  rules: { 'no-console': ['off'] },
});

// the examples import the package as users do: an outside module, though it resolves to this checkout
eslint.addOverride({
  files: ['examples/**/*.ts'],
  rules: {
    'import/order': ['warn', {
      groups: ['builtin', 'external'],
      alphabetize: { order: 'asc', caseInsensitive: true },
      pathGroups: [{ pattern: 'cdk-ssm-maintenance-windows', group: 'external' }],
      pathGroupsExcludedImportTypes: [],
    }],
  },
});

// ── continuous integration ───────────────────────────────────────────────────────────────────────────
const verify = project.github!.addWorkflow('verify');
verify.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
for (const part of ['verify', 'consumers', 'e2e']) {
  verify.addJob(part, {
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ },
    timeoutMinutes: 60,
    steps: [
      { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } }, // the API is compared with the tag of the last release
      { uses: 'actions/setup-node@v4', with: { 'node-version': '20.x' } },
      { uses: 'actions/setup-python@v5', with: { 'python-version': '3.11' } },
      ...part === 'consumers' ? [
        { uses: 'actions/setup-java@v4', with: { 'distribution': 'temurin', 'java-version': '17' } },
        { uses: 'actions/setup-go@v5', with: { 'go-version': '1.26', 'cache': false } },
      ] : [],
      { run: `.ci/run ${part}` },
    ],
  });
}

// ── tasks ────────────────────────────────────────────────────────────────────────────────────────────
// compares with a package on npm; `npm run api:diff` compares with the last release
project.removeTask('compat');
project.tasks.tryFind('watch')?.reset('jsii -w');
project.addTask('typecheck', { description: 'Type-check tests and examples (jest only transpiles)', exec: 'tsc -p test/tsconfig.json && tsc -p examples/tsconfig.json' });
project.addTask('awslint', { description: 'CDK API guidelines', exec: 'awslint --no-compile --quiet', env: { AWSLINT_BASE_CONSTRUCT: '1' } });
/** Members that take a construct interface and no reference, by struct: grants are called on the construct, or its name is read, which a reference does not offer. */
const WIDE_REFERENCES: Readonly<Record<string, readonly string[]>> = {
  'AutomationTaskOptions': ['alarm', 'assumeRole', 'role'],
  'AutomationTaskProps': ['alarm', 'assumeRole', 'role'],
  'BaselineOverrideFile': ['bucket'],
  'LambdaTaskOptions': ['lambdaFunction', 'role'],
  'LambdaTaskProps': ['lambdaFunction', 'role'],
  'MaintenanceWindowAlarmMuteProps': ['alarms'],
  'MaintenanceWindowNotificationProps': ['noticeRole'],
  'NotifyOptions': ['noticeRole'],
  'PatchTaskOptions': ['alarm', 'notificationRole', 'notificationTopic', 'outputBucket', 'outputLogGroup', 'role'],
  'PatchTaskProps': ['alarm', 'notificationRole', 'notificationTopic', 'outputBucket', 'outputLogGroup', 'role'],
  'RunCommandTaskOptions': ['alarm', 'notificationRole', 'notificationTopic', 'outputBucket', 'outputLogGroup', 'role'],
  'RunCommandTaskProps': ['alarm', 'notificationRole', 'notificationTopic', 'outputBucket', 'outputLogGroup', 'role'],
  'StepFunctionsTaskOptions': ['role', 'stateMachine'],
  'StepFunctionsTaskProps': ['role', 'stateMachine'],
  'patching.PatchRingWindowsOptions': ['baselines', 'failureTopic', 'installAlarm', 'outputBucket', 'outputLogGroup', 'role'],
  'patching.PatchWindowsOptions': ['baselines', 'failureTopic', 'installAlarm', 'outputBucket', 'outputLogGroup', 'role'],
  'patching.PatchRunbookProps': ['outputBucket', 'outputLogGroup', 'role'],
  'patching.PatchRunbookTaskOptions': ['alarm', 'role'],
  'patching.PatchReportProps': ['assumeRole', 'bucket', 'topic'],
  'patching.PatchWindowsProps': ['baselines', 'failureTopic', 'installAlarm', 'outputBucket', 'outputLogGroup', 'role'],
};
new JsonFile(project, 'awslint.json', {
  marker: false,
  obj: {
    exclude: [
      // a task is made by one of four factories, each with the props of its kind, so its constructor is private
      'construct-ctor:cdk-ssm-maintenance-windows.MaintenanceWindowTask',
      // the service calls a target's name just "name" and requires none, so targetName stays absent unless given
      'props-physical-name:cdk-ssm-maintenance-windows.MaintenanceWindowTargetProps',
      // it is a document, and users know it as a calendar
      'props-physical-name:cdk-ssm-maintenance-windows.ChangeCalendarProps',
      ...Object.entries(WIDE_REFERENCES).flatMap(([struct, members]) => members.map((name) => `prefer-ref-interface:cdk-ssm-maintenance-windows.${struct}.${name}`)),
      // alarms of the app are looked up by their construct: one that stops a task is never muted
      'prefer-ref-interface:cdk-ssm-maintenance-windows.MaintenanceWindow.muteAlarms.alarms',
      // the rule looks into aws-cdk-lib too
      'prefer-ref-interface:aws-cdk-lib.*',
      // a pattern, not a resource: its one grant is on the bucket and the log group together
      'no-grants:cdk-ssm-maintenance-windows.patching.PatchWindows.grantWriteOutput',
      // it grants on one object of the bucket of the assets
      'no-grants:cdk-ssm-maintenance-windows.patching.PatchBaselineOverride.grantRead',
    ],
  },
});
project.addTask('rosetta', {
  description: 'Compile every README block and docstring example',
  steps: [
    // a block that failed is kept in the cache, and passes there the next time
    { exec: 'node -e "require(\'fs\').rmSync(\'.jsii.tabl.json\', { force: true })"' },
    { exec: 'jsii-rosetta extract --strict .jsii' },
  ],
});
project.addTask('package:code', { description: 'Generate the sources of all languages', exec: 'jsii-pacmak --code-only -o dist/code --rosetta-unknown-snippets fail' });

new JsonFile(project, 'scripts/tsconfig.json', {
  marker: false,
  obj: { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..' }, include: ['**/*.ts'], exclude: ['node_modules'] },
});
project.addTask('catalogue', { description: 'Make the catalogue of documents from data/', exec: 'ts-node -T -P tsconfig.json scripts/build-document-catalogue.ts' });
project.annotateGenerated('/src/document/rules/catalogue.generated.json');

// npm scripts, not tasks: they work before anything is installed
// jest alone, for the inner loop; 'projen test' lints as well
project.setScript('test', 'jest --ci');
project.setScript('quickstart', 'node scripts/quickstart.mjs');
project.setScript('verify', 'node scripts/verify.mjs');
project.setScript('e2e', 'node scripts/e2e.mjs');
project.setScript('bench', 'node scripts/bench.mjs');
project.setScript('api:diff', 'node scripts/api-diff.mjs');
project.setScript('package', 'node scripts/package.mjs');
project.setScript('consumers', 'node scripts/consumers.mjs');

const packageJson = project.tryFindObjectFile('package.json')!;
packageJson.addOverride('jest.coverageThreshold', { global: { lines: 95, branches: 90 } });

project.synth();
