import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DescribeMaintenanceWindowsCommand, DescribeMaintenanceWindowTargetsCommand, DescribeMaintenanceWindowTasksCommand, GetMaintenanceWindowCommand,
  GetMaintenanceWindowTaskCommand, ListTagsForResourceCommand, SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import type { OutputFile } from '../../src/cli/io';
import { openSsmSource, SsmSource } from '../../src/cli/ssm-source';
import type { LiveOptions } from '../../src/cli/window-source';
import type { Model } from '../../src/importer/model';
import { parseSources } from '../../src/importer/read/parse-sources';

const IDS = ['mw-00000000000000001', 'mw-00000000000000002', 'mw-00000000000000003'];
const options = (more: Partial<LiveOptions> = {}): LiveOptions => ({ region: 'eu-central-1', filters: [], ...more });
const windowOf = (WindowId: string) => ({
  WindowId, Name: `window-${WindowId.slice(-1)}`, Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false, Enabled: true,
});

describe('calls', () => {
  const ssm = mockClient(SSMClient);
  const source = (more: Partial<LiveOptions> = {}) => new SsmSource(new SSMClient({ region: 'eu-central-1' }), options(more));

  afterAll(() => ssm.restore());

  beforeEach(() => {
    ssm.reset();
    ssm.on(DescribeMaintenanceWindowsCommand).callsFake(({ NextToken }: { NextToken?: string }) => {
      const page = Number(NextToken ?? 0);
      return { WindowIdentities: [{ WindowId: IDS[page] }], NextToken: page < 2 ? String(page + 1) : undefined };
    });
    ssm.on(GetMaintenanceWindowCommand).callsFake(({ WindowId }: { WindowId: string }) => windowOf(WindowId));
    ssm.on(ListTagsForResourceCommand).resolves({ TagList: [{ Key: 'Team', Value: 'ops' }] });
    ssm.on(DescribeMaintenanceWindowTargetsCommand).callsFake(({ WindowId, NextToken }: { WindowId: string; NextToken?: string }) => ({
      Targets: [{ WindowId, WindowTargetId: `${WindowId}-${NextToken ?? 'first'}`, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:a', Values: ['b'] }] }],
      NextToken: NextToken === undefined ? 'second' : undefined,
    }));
    ssm.on(DescribeMaintenanceWindowTasksCommand).callsFake(({ WindowId, NextToken }: { WindowId: string; NextToken?: string }) => ({
      Tasks: [{ WindowId, WindowTaskId: `${WindowId}-task-${NextToken ?? 'first'}` }],
      NextToken: NextToken === undefined ? 'second' : undefined,
    }));
    ssm.on(GetMaintenanceWindowTaskCommand).callsFake(({ WindowId, WindowTaskId }: { WindowId: string; WindowTaskId: string }) => ({
      WindowId,
      WindowTaskId,
      TaskType: 'LAMBDA',
      TaskArn: 'SSM-Report',
      Priority: 1,
      TaskInvocationParameters: { Lambda: { Payload: Uint8Array.from(Buffer.from('{"a":1}')) } },
    }));
  });

  test('all windows are read with all pages of everything', async () => {
    // GIVEN
    const progress: string[] = [];

    // WHEN
    const model = await source().read(line => progress.push(line), () => {});

    // THEN
    expect(model.source).toBe('the account, eu-central-1');
    expect(model.entities.map(({ kind, physicalId }) => `${kind} ${physicalId}`)).toEqual([
      ...IDS.map(id => `window ${id}`),
      ...IDS.flatMap(id => [`target ${id}-first`, `target ${id}-second`]),
      ...IDS.flatMap(id => [`task ${id}-task-first`, `task ${id}-task-second`]),
    ]);
    expect(model.entities[0].properties.Tags).toEqual([{ Key: 'Team', Value: 'ops' }]);
    expect(model.entities.at(-1)!.properties.TaskInvocationParameters).toEqual({ MaintenanceWindowLambdaParameters: { Payload: 'eyJhIjoxfQ==' } });
    expect(model.notCarried).toEqual([]);
    expect(progress[0]).toBe('reading the list of windows');
    expect(progress).toContain('reading window 3 of 3, task 2');
  });

  test('the windows that are named are read without listing all', async () => {
    const model = await source({ windowIds: [IDS[1]] }).read(() => {}, () => {});
    expect(model.entities[0].physicalId).toBe(IDS[1]);
    expect(ssm.commandCalls(DescribeMaintenanceWindowsCommand)).toHaveLength(0);
    expect(ssm.commandCalls(GetMaintenanceWindowCommand)).toHaveLength(1);
  });

  test('filters go with the request', async () => {
    await source({ windowIds: [IDS[0]], filters: [{ Key: 'TaskType', Values: ['LAMBDA'] }] }).read(() => {}, () => {});
    expect(ssm.commandCalls(DescribeMaintenanceWindowTasksCommand)[0].args[0].input).toMatchObject({
      WindowId: IDS[0], Filters: [{ Key: 'TaskType', Values: ['LAMBDA'] }],
    });
  });

  test('goes on when tags may not be read, and says so', async () => {
    ssm.on(ListTagsForResourceCommand).rejects(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }));
    const model = await source({ windowIds: [IDS[0]] }).read(() => {}, () => {});
    expect(model.entities).toHaveLength(5);
    expect(model.remarks.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^the tags are not known/));
  });

  test('what was read is kept as files that give the same model', async () => {
    // GIVEN
    const kept: OutputFile[] = [];

    // WHEN
    const model = await source().read(() => {}, files => kept.push(...files));

    // THEN
    expect(kept.slice(0, 4).map(({ path }) => path)).toEqual(['window', 'targets', 'tasks', 'tags'].map(name => `${IDS[0]}.${name}.json`));
    const again = parseSources('kept', kept.map(({ path, text }) => ({ name: path, text })), true);
    const facts = ({ entities }: Model) => entities.map(({ key, properties, physicalId }) => ({ key, properties, physicalId }));
    expect(facts(again)).toEqual(facts(model));
  });

  test('fails when there is no window', async () => {
    ssm.on(DescribeMaintenanceWindowsCommand).resolves({});
    await expect(source().read(() => {}, () => {})).rejects.toThrow('there is no maintenance window in eu-central-1, give another --region or --profile');
  });

  test.each([
    ['AccessDeniedException', 'not authorized', 'cannot read the account: AccessDeniedException: not authorized, '
      + 'allow ssm:DescribeMaintenanceWindow*, ssm:GetMaintenanceWindow* and ssm:ListTagsForResource'],
    ['DoesNotExistException', 'Maintenance window mw-1 does not exist.\nmore', 'cannot read the account: '
      + 'DoesNotExistException: Maintenance window mw-1 does not exist, check --window-id and --region'],
    ['Error', 'Region is missing', 'the region is not known, give --region or set AWS_REGION'],
  ])('fails when the service answers with %s', async (name, message, line) => {
    ssm.on(GetMaintenanceWindowCommand).rejects(Object.assign(new Error(message), { name }));
    await expect(source().read(() => {}, () => {})).rejects.toThrow(new Error(line));
  });
});

describe('over HTTP', () => {
  let server: Server;
  let answers: Array<{ readonly status: number; readonly body: object }>;
  const requests: Array<{ readonly target: string; readonly body: { readonly [name: string]: unknown } }> = [];
  const saved = { ...process.env };

  beforeEach(async () => {
    requests.length = 0;
    server = createServer((request, response) => {
      let text = '';
      request.on('data', chunk => text += chunk);
      request.on('end', () => {
        requests.push({ target: String(request.headers['x-amz-target']), body: JSON.parse(text) });
        const { status, body } = answers.shift() ?? { status: 500, body: {} };
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, { AWS_ENDPOINT_URL_SSM: endpoint, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  });

  afterEach(async () => {
    process.env = { ...saved };
    await new Promise(resolve => server.close(resolve));
  });

  test('a throttled answer is asked for again', async () => {
    // GIVEN
    const throttled = { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } };
    answers = [
      { status: 200, body: { WindowIdentities: [{ WindowId: IDS[0] }] } },
      throttled,
      { status: 200, body: windowOf(IDS[0]) },
      { status: 200, body: { TagList: [] } },
      throttled,
      { status: 200, body: { Targets: [], NextToken: 'next' } },
      { status: 200, body: { Targets: [{ WindowId: IDS[0], WindowTargetId: 't', ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:a', Values: ['b'] }] }] } },
      { status: 200, body: { Tasks: [] } },
    ];

    // WHEN
    const model = await openSsmSource(options()).read(() => {}, () => {});

    // THEN
    expect(model.entities.map(({ kind }) => kind)).toEqual(['window', 'target']);
    expect(requests.map(({ target }) => target.replace('AmazonSSM.', ''))).toEqual([
      'DescribeMaintenanceWindows', 'GetMaintenanceWindow', 'GetMaintenanceWindow', 'ListTagsForResource',
      'DescribeMaintenanceWindowTargets', 'DescribeMaintenanceWindowTargets', 'DescribeMaintenanceWindowTargets', 'DescribeMaintenanceWindowTasks',
    ]);
    expect(requests[6].body).toMatchObject({ NextToken: 'next' });
  });

  test('fails when the profile does not exist', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    await expect(openSsmSource(options({ profile: 'gone' })).read(() => {}, () => {})).rejects.toThrow(
      new Error('there is no profile gone with credentials in the AWS configuration, see aws configure list-profiles'));
  });

  test.each([
    ['AWS_REGION', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', { AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
  ])('the region may come from %s', async (_, variables, region) => {
    delete process.env.AWS_REGION;
    Object.assign(process.env, variables);
    answers = [{ status: 200, body: { WindowIdentities: [] } }];
    await expect(openSsmSource({ filters: [] }).read(() => {}, () => {})).rejects.toThrow(`there is no maintenance window in ${region}`);
  });
});
