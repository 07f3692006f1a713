import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findPython } from '../python.mjs';
import { ROOT, StepError, command } from '../steps.mjs';
import { TOOLCHAINS } from '../toolchains.mjs';

const { name: PACKAGE, version: VERSION, jsii: { targets: TARGETS } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf-8'));
const CONSUMERS = join(ROOT, '.tools', 'consumers');
const EXAMPLES = join(ROOT, 'examples');
const MISTAKES = join(ROOT, 'scripts', 'consumers', 'mistakes');

/**
 * How an app of each language is built from packed artifacts and synthesized.
 *
 * `prepare` installs, `synth` and `mistakes` are command lines; all in `folder`, where the app is copied to.
 */
export const LANGUAGES = {
  typescript: {
    version: () => output('node --version'),
    async prepare(folder, cdk) {
      const tarball = artifact('js', '.tgz');
      const manifest = join(folder, 'package.json');
      const { dependencies, ...others } = JSON.parse(readFileSync(manifest, 'utf-8'));
      writeFileSync(manifest, JSON.stringify({ ...others, dependencies: { ...dependencies, ...cdk, [PACKAGE]: `file:${tarball}` } }));
      await installOnce(folder, { ...cdk, dependencies, tarball: digest(tarball) }, async () => {
        rmSync(join(folder, 'node_modules', PACKAGE), { recursive: true, force: true });
        await inFolder(folder, 'npm install --no-audit --no-fund --prefer-offline --no-package-lock --omit=dev');
      });
      requireOwnModules(folder, [PACKAGE, ...Object.keys(cdk)]);
      // type-checked, so that the packed declarations are judged too
      await inFolder(folder, `node "${join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')}" --project .`);
    },
    synth: () => 'node app.js',
    mistakes: () => 'node mistakes.js',
  },

  python: {
    version: () => output(`${findPython(10)} --version`),
    async prepare(folder, cdk) {
      const wheel = artifact('python', '.whl');
      const requirements = readFileSync(join(folder, 'requirements.txt'), 'utf-8');
      await installOnce(folder, { ...cdk, requirements, wheel: digest(wheel) }, async () => {
        const pins = Object.entries(cdk).map(([module, version]) => `${module}==${version}`);
        writeFileSync(join(folder, 'constraints.txt'), [...pins, `${PACKAGE} @ ${pathToFileURL(wheel)}`, ''].join('\n'));
        if (!pythonOf(folder)) { await inFolder(folder, `${findPython(10)} -m venv .venv`); }
        const pip = `"${pythonOf(folder)}" -m pip`;
        await inFolder(folder, `${pip} uninstall --quiet --yes ${PACKAGE}`, TOOLCHAINS.python.env);
        await inFolder(folder, `${pip} install --quiet -r requirements.txt -c constraints.txt`, TOOLCHAINS.python.env);
      });
    },
    synth: folder => `"${pythonOf(folder)}" app.py`,
    mistakes: folder => `"${pythonOf(folder)}" mistakes.py`,
  },

  java: {
    version: () => output('javac -version'),
    async prepare(folder, cdk) {
      const { groupId, artifactId } = TARGETS.java.maven;
      const path = join(...groupId.split('.'), artifactId);
      const local = join(ROOT, '.tools', 'maven', path);
      rmSync(local, { recursive: true, force: true });
      cpSync(join(ROOT, 'dist', 'java', path), local, { recursive: true });
      await inFolder(folder, `mvn -B -q ${pinned(cdk)} compile`, TOOLCHAINS.java.env);
    },
    synth: (_folder, cdk) => `mvn -B -q ${pinned(cdk)} exec:java`,
    mistakes: (_folder, cdk) => `mvn -B -q ${pinned(cdk)} exec:java -Dexec.mainClass=com.example.patching.Mistakes`,
  },

  go: {
    version: () => output('go version').replace(/^go version go(\S+).*/, '$1'),
    async prepare(folder, cdk) {
      const { moduleName, packageName } = TARGETS.go;
      const edits = [
        `-require=github.com/aws/aws-cdk-go/awscdk/v2@v${cdk['aws-cdk-lib']}`,
        `-require=github.com/aws/constructs-go/constructs/v10@v${cdk.constructs}`,
        `-require=${moduleName}/${packageName}@v${VERSION}`,
        `-replace=${moduleName}/${packageName}=${join(ROOT, 'dist', 'go', packageName)}`,
      ];
      await inFolder(folder, `go mod edit ${edits.map(edit => `"${edit}"`).join(' ')}`, TOOLCHAINS.go.env);
      await inFolder(folder, 'go mod tidy && go vet . && go build -o app .', TOOLCHAINS.go.env);
    },
    synth: folder => `"${join(folder, 'app')}"`,
    mistakes: () => 'go run ./mistakes',
  },
};

/**
 * Builds an app against packed artifacts in a folder of its own and synthesizes it.
 *
 * Returns the directory with its templates, and what is said about mistakes.
 */
export async function consume(language, label, cdk) {
  const folder = join(CONSUMERS, label);
  const outdir = join(CONSUMERS, 'out', label);
  const { prepare, synth, mistakes } = LANGUAGES[language];

  removeSources(folder);
  cpSync(join(EXAMPLES, language), folder, { recursive: true });
  cpSync(join(MISTAKES, language), folder, { recursive: true });
  rmSync(outdir, { recursive: true, force: true });
  await prepare(folder, cdk);

  const begin = Date.now();
  const env = { ...TOOLCHAINS[language]?.env, JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(ROOT, '.tools', 'jsii') };
  await inFolder(folder, synth(folder, cdk), { ...env, CDK_OUTDIR: outdir });
  const seconds = (Date.now() - begin) / 1000;
  return { outdir, seconds, messages: await inFolder(folder, mistakes(folder, cdk), env) };
}

/** What was installed before is kept, everything else is as fresh as in a clone. */
function removeSources(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter(entry => !['node_modules', '.venv', '.installed-from'].includes(entry))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function installOnce(folder, key, action) {
  const stamp = join(folder, '.installed-from');
  const wanted = JSON.stringify(key);
  if (existsSync(stamp) && readFileSync(stamp, 'utf-8') === wanted) {
    console.log('installed already');
    return;
  }
  rmSync(stamp, { force: true });
  await action();
  writeFileSync(stamp, wanted);
}

function inFolder(folder, line, env) {
  return command(`cd "${folder}" && ${line}`, { env, hide: /^!!|^npm warn|^WARNING: Skipping .* not installed|waitid: no child processes/ });
}

/** The folder lies in the checkout, whose own modules must not be found in place of those that were installed. */
function requireOwnModules(folder, modules) {
  const { resolve } = createRequire(join(folder, 'app.js'));
  const foreign = modules.map(module => resolve(module)).find(path => !path.startsWith(join(folder, 'node_modules')));
  if (foreign) { throw new StepError(`the app would be judged with ${foreign}`); }
}

function artifact(language, extension) {
  const folder = join(ROOT, 'dist', language);
  const file = readdirSync(folder).find(name => name.endsWith(extension));
  if (!file) { throw new StepError(`no ${extension} in ${folder}`); }
  return join(folder, file);
}

function pythonOf(folder) {
  return [join(folder, '.venv', 'bin', 'python'), join(folder, '.venv', 'Scripts', 'python.exe')].find(existsSync);
}

function pinned(cdk) {
  return `-Dcdk.version=${cdk['aws-cdk-lib']} -Dconstructs.version=${cdk.constructs} -Dmaintenance-windows.version=${VERSION}`;
}

function digest(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function output(line) {
  const { stdout, stderr } = spawnSync(line, { shell: true, encoding: 'utf-8' });
  return (stdout || stderr).trim().replace(/^\D+ (?=\d)|^v/, '');
}
