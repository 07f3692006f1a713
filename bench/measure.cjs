/*
 * Runs one app and prints what it took: `node measure.cjs <app> <number of tasks> <output folder>`.
 */
const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const [app, taskCount, outdir] = process.argv.slice(2);
process.env.CDK_OUTDIR = outdir;

/** Milliseconds of CPU time, of which other load on the machine takes little away, unlike of time on the clock. */
function timed(action) {
  const begin = process.cpuUsage();
  const result = action();
  const { user, system } = process.cpuUsage(begin);
  return { result, milliseconds: (user + system) / 1000 };
}

const imported = timed(() => require(`./app-${app}.cjs`));
const constructed = timed(() => imported.result.build(Number(taskCount)));
const synthesized = timed(() => constructed.result.synth());

const memory = process.resourceUsage().maxRSS * 1024;
// what of aws-cdk-lib the other app needs is loaded now, so this is the package alone
const alone = timed(() => require('cdk-ssm-maintenance-windows'));
const classes = timed(() => Object.values(alone.result));

const templates = readdirSync(outdir).filter(name => name.endsWith('.template.json'));
console.log(JSON.stringify({
  import: imported.milliseconds,
  construct: constructed.milliseconds,
  synthesize: synthesized.milliseconds,
  bytes: templates.reduce((sum, name) => sum + statSync(join(outdir, name)).size, 0),
  memory,
  alone: alone.milliseconds,
  classes: classes.milliseconds,
}));
