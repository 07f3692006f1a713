import { join } from 'node:path';
import { ROOT, command, install, run } from './steps.mjs';

/*
 * From a fresh clone with nothing but Node to the synthesized example: `npm run quickstart`.
 */

const OUT = join('examples', 'patching', 'cdk.out');
const tsNode = 'npx ts-node --transpile-only --project examples/tsconfig.json';

await run([
  { name: 'install', action: () => install() },
  { name: 'bundle', action: () => command('npx projen pre-compile') },
  { name: 'compile', action: () => command('npx projen compile') },
  { name: 'synthesize the example', action: () => command(`${tsNode} examples/patching/app.ts`, { env: { CDK_OUTDIR: join(ROOT, OUT) } }) },
]);
await command(`${tsNode} examples/print-summary.ts ${OUT}`);

const [html, ics] = ['calendar.html', 'calendar.ics'].map(file => join(OUT, file));
console.log();
await command(`node bin/ssm-windows calendar ${OUT} --weeks 9 --html ${html} --ics ${ics}`);
