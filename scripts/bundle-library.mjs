import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/*
 * Makes one file of what is compiled, and what it exports is defined when it is first asked for, as aws-cdk-lib does it: Node takes longer to find and read
 * eighty small files than to run them. Everything else in `lib` stays as the compiler wrote it.
 */

const LIB = join(dirname(fileURLToPath(import.meta.url)), '..', 'lib');
/** In the folder of what asks for its own place, the handler of alarms. */
const BUNDLE = join('private', 'bundle.js');

const require = createRequire(join(LIB, 'index.js'));

/** The modules that the types export values of, with the names of these. */
function exportedNames() {
  const types = readFileSync(join(LIB, 'index.d.ts'), 'utf-8');
  return [...types.matchAll(/^export (?<what>\*|\{(?<names>.*)\}) from '(?<module>.*)';$/gm)]
    .map(({ groups: { names, module } }) => ({ module, names: names?.split(',').map(name => name.trim()) ?? Object.keys(require(module)) }));
}

function entry(modules) {
  return [
    'function lazy(name, load) {',
    '  const get = () => { const value = load()[name]; Object.defineProperty(exports, name, { enumerable: true, value }); return value; };',
    '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });',
    '}',
    ...modules.flatMap(({ module, names }) => names.map(name => `lazy('${name}', () => require('${module}'));`)),
  ].join('\n');
}

/** Data is read when it is needed, from where the compiler put it. */
const dataOutside = {
  name: 'data-outside',
  setup({ onResolve }) {
    onResolve({ filter: /\.json$/ }, ({ path, resolveDir }) => ({
      path: `./${relative(dirname(join(LIB, BUNDLE)), join(resolveDir, path)).split(sep).join('/')}`, external: true,
    }));
  },
};

/** Modules of other packages are asked for once: Node looks for a module that another package has loaded anew each time, and aws-cdk-lib has hundreds of exports. */
const packagesOnce = {
  name: 'packages-once',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, namespace }) => namespace === 'package' ? { path, external: true } : { path, namespace: 'package' });
    onLoad({ filter: /./, namespace: 'package' }, ({ path }) => ({ contents: `module.exports = require('${path}');` }));
  },
};

const modules = exportedNames();
await build({
  stdin: { contents: entry(modules), resolveDir: LIB, sourcefile: 'index.js' },
  outfile: join(LIB, BUNDLE),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [dataOutside, packagesOnce],
  logLevel: 'warning',
});

// ES modules see the names that stand here as text
const names = modules.flatMap(module => module.names).sort();
writeFileSync(join(LIB, 'index.js'), `"use strict";\n0 && (module.exports = { ${names.join(', ')} });\nmodule.exports = require('./${BUNDLE.split(sep).join('/')}');\n`);
