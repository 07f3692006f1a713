import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { NodeAfterFailure, PatchBackup, PatchHealthCheck, PatchHook, PatchRunbook } from '../src/patching';
import type { AutomationDocument, Step } from '../test/patching/automation/document';

/*
 * Writes the picture of docs/guides/patch-runbook.md from the document of a runbook with each kind of step:
 * `npx ts-node -T -P tsconfig.json scripts/runbook-picture.ts`.
 */

const PAGE = join(resolve(__dirname, '..'), 'docs', 'guides', 'patch-runbook.md');
const ARN = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef';

function documentOfPicture(): AutomationDocument {
  const stack = new Stack(new App(), 'Stack');
  const runbook = new PatchRunbook(stack, 'Runbook', {
    targetGroups: [elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Group', { targetGroupArn: ARN })],
    startStopped: true,
    backup: PatchBackup.snapshot(),
    before: [PatchHook.shellScript('true')],
    after: [PatchHook.shellScript('true')],
    healthChecks: [PatchHealthCheck.hook(PatchHook.shellScript('true')), PatchHealthCheck.targetGroups()],
    afterFailure: NodeAfterFailure.LEAVE_OUT,
  });
  return stack.resolve((runbook.node.defaultChild as CfnDocument).content) as AutomationDocument;
}

/** What becomes of a node when one of the steps beside each other fails. */
const FATES: { readonly [onFailure: string]: string } = {
  'Abort': 'nothing has changed',
  'step:undoTraffic': 'a failure returns the node',
  'step:leaveOutTraffic': 'a failure leaves the node out',
};

/** Steps next to each other that go to the same place when they fail. */
function parts(steps: readonly Step[]): Step[][] {
  return steps.reduce<Step[][]>((found, step) => {
    const last = found.at(-1);
    return last && last[0].onFailure === step.onFailure ? [...found.slice(0, -1), [...last, step]] : [...found, [step]];
  }, []);
}

function runbookPicture(): string {
  const { mainSteps } = documentOfPicture();
  const end = mainSteps.findIndex(({ name }) => name === 'patched') + 1;
  const forward = mainSteps.slice(0, end);
  const later = mainSteps.slice(end);
  const ways = (steps: readonly Step[]) => steps.flatMap((step, index) => {
    const choices: Step['inputs'][] = step.action === 'aws:branch' ? step.inputs.Choices : [];
    const next: string | undefined = step.isEnd ? undefined : step.inputs.Default ?? step.nextStep ?? steps[index + 1]?.name;
    return [
      ...choices.map(({ NextStep }) => `  ${step.name} -- stopped before --> ${NextStep}`),
      ...next === undefined ? [] : [`  ${step.name} ${choices.length > 0 ? '-- running before ' : ''}--> ${next}`],
    ];
  });
  const boxes = parts(forward).map((steps, index) => [
    `  subgraph part${index + 1}["${FATES[steps[0].onFailure!]}"]`, ...steps.map(({ name }) => `    ${name}`), '  end',
  ]);
  const exits = parts(forward).flatMap(([{ onFailure, onCancel }], index) => [
    ...onFailure?.startsWith('step:') ? [`  part${index + 1} -. fails .-> ${onFailure.slice('step:'.length)}`] : [],
    ...onCancel ? [`  part${index + 1} -. cancelled .-> ${onCancel.slice('step:'.length)}`] : [],
  ]);
  return ['```mermaid', 'flowchart TD', ...boxes.flat(), ...ways(forward), ...exits, ...ways(later), '```'].join('\n');
}

/** The page with its picture as it should be. */
export function pageWithRunbook(page: string): string {
  const place = /(<!-- picture -->\n)[^]*?(<!-- end of picture -->)/;
  if (!place.test(page)) { throw new Error('docs/guides/patch-runbook.md has no place for the picture'); }
  return page.replace(place, (_, begin, end) => `${begin}${runbookPicture()}\n${end}`);
}

if (require.main === module) { writeFileSync(PAGE, pageWithRunbook(readFileSync(PAGE, 'utf-8'))); }
