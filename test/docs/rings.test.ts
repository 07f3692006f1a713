import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { ScriptTarget, transpileModule } from 'typescript';
import { blocksOf, pageText } from './blocks';
import { patching, RateControl, TargetSelector } from '../../src';
import { warningsOf } from '../support/app';

/** The example of a page that is about rings. */
function ringsOf(page: string): string {
  const [block, ...others] = blocksOf(page).filter(({ code }) => code.includes('new patching.PatchRings('));
  expect(others).toEqual([]);
  return block.code;
}

/** Runs an example in which stacks are declared, each of an account or a Region of its own. */
function run(code: string): App {
  const app = new App();
  const stack = (id: string, account: string, region: string) => new Stack(app, id, { env: { account, region } });
  const names = {
    app,
    patching,
    Duration,
    RateControl,
    TargetSelector,
    TimeZone,
    development: stack('Development', '111111111111', 'eu-central-1'),
    staging: stack('Staging', '222222222222', 'eu-central-1'),
    production: stack('Production', '333333333333', 'eu-central-1'),
    productionTokyo: stack('ProductionTokyo', '333333333333', 'ap-northeast-1'),
  };
  const { outputText } = transpileModule(code, { compilerOptions: { target: ScriptTarget.ES2022 } });
  new Function(...Object.keys(names), outputText).call(names.development, ...Object.values(names));
  return app;
}

describe.each([
  ['README.md', 'approveAfter: Duration.days(7)', 'approveAfter: Duration.days(6)', 'approve its patches after 7 days (\'approveAfter\')'],
  ['docs/guides/patching.md', 'approveAfter: Duration.days(11)', 'approveAfter: Duration.days(10)', 'approve its patches after 11 days (\'approveAfter\')'],
])('the rings of %s', (page, right, wrong, mend) => {
  test('are proven for windows and patches, without a warning', () => {
    const app = run(ringsOf(page));
    app.synth();
    expect(warningsOf(app)).toEqual([]);
  });

  test('are not with a delay that is a day shorter', () => {
    const code = ringsOf(page);
    expect(code.split(right)).toHaveLength(2);
    expect(() => run(code.replace(right, wrong))).toThrow(mend);
  });
});

test('the rings of the guide from a release to the last server are those that can be proven', () => {
  const code = ringsOf('docs/guides/release-to-server.md');
  const members = ['dev', 'prod'].map((ring) => `rings.addPatchWindows(this, '${ring}', { ring: '${ring}', selector: TargetSelector.patchGroup('${ring}') });`);
  expect(() => run([code, ...members].join('\n'))).not.toThrow();
});

test('the error in the guide is one that synthesis gives', () => {
  const [, shown] = /```text\n('rings'[^]*?)\n```/.exec(pageText('docs/guides/patching.md'))!;
  const [begin, end] = shown.replace(/\n/g, ' ').split('(…)');
  const broken = () => {
    const stack = new Stack(new App(), 'Stack');
    const rings = new patching.PatchRings(stack, 'Rings', {
      hour: '2',
      rings: [
        { name: 'dev', daysAfter: Duration.days(8), approveAfter: Duration.days(7) },
        { name: 'prod', daysAfter: Duration.days(13), approveAfter: Duration.days(11) },
      ],
    });
    ['dev', 'prod'].forEach((ring) => rings.addPatchWindows(stack, ring, { ring, selector: TargetSelector.patchGroup(ring) }));
  };

  expect(broken).toThrow(begin);
  expect(broken).toThrow(end);
});
