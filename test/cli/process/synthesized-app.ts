import { App, CfnCondition, CfnMapping, CfnParameter, Duration, Fn, NestedStack, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../../src';

const ENV = { account: '123456789012', region: 'eu-central-1' };

function weekly(scope: Construct, id: string, hour: string): MaintenanceWindow {
  return new MaintenanceWindow(scope, id, {
    schedule: MaintenanceWindowSchedule.cron({ hour, weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN }), duration: Duration.hours(3), cutoff: Duration.hours(1),
  });
}

/** A window as it is written without this library. */
function plain(scope: Construct, id: string, schedule: string, more: object = {}): CfnMaintenanceWindow {
  return new CfnMaintenanceWindow(scope, id, { name: id, schedule, duration: 2, cutoff: 0, allowUnassociatedTargets: false, ...more });
}

/** Writes an app with windows of both kinds in stages, nested stages and nested stacks. */
export function synthesizeApp(outdir: string, prodHour: string = '4'): void {
  const app = new App({ outdir, analyticsReporting: false });
  const dev = new Stack(new Stage(app, 'Dev', { env: ENV }), 'Patching');
  weekly(dev, 'Weekly', '3');
  const prod = new Stage(app, 'Prod', { env: ENV });
  weekly(new Stack(prod, 'Patching'), 'Weekly', prodHour);
  const inner = new Stack(new Stage(prod, 'Inner'), 'Stack');
  plain(inner, 'Plain', 'cron(0 22 ? * TUE#2 *)', { scheduleOffset: 2 });

  const stack = new Stack(app, 'Templates', { env: ENV });
  weekly(new NestedStack(stack, 'Nested', { parameters: {} }), 'Weekly', '12');
  const withParameter = new NestedStack(stack, 'Given', { parameters: { Hour: '13' } });
  new CfnParameter(withParameter, 'Hour', { default: '23' });
  plain(withParameter, 'Plain', Fn.sub('cron(0 ${Hour} ? * SAT *)'));

  const preset = new CfnParameter(stack, 'Preset', { default: '7', type: 'Number' });
  const open = new CfnParameter(stack, 'Open');
  plain(stack, 'WithDefault', `cron(0 ${preset.valueAsString} ? * FRI *)`);
  plain(stack, 'Unknown', open.valueAsString);
  const mapping = new CfnMapping(stack, 'Hours', { mapping: { 'eu-central-1': { hour: '9' } }, lazy: false });
  plain(stack, 'Mapped', `cron(0 ${mapping.findInMap(stack.region, 'hour')} ? * MON *)`);
  plain(stack, 'MappedByRegion', Fn.join('', ['cron(0 ', Fn.findInMap('Hours', Fn.ref('AWS::Region'), 'hour'), ' ? * WED *)']));
  const condition = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(open.valueAsString, 'prod') });
  plain(stack, 'Conditional', 'cron(0 1 * * ? *)').cfnOptions.condition = condition;
  plain(stack, 'Rate', 'rate(7 days)');
  app.synth();
}
