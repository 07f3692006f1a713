import {
  GetMaintenanceWindowCommand, GetMaintenanceWindowTaskCommand, ListTagsForResourceCommand, SSMClient, paginateDescribeMaintenanceWindows,
  paginateDescribeMaintenanceWindowTargets, paginateDescribeMaintenanceWindowTasks, type MaintenanceWindowTask, type SSMPaginationConfiguration,
} from '@aws-sdk/client-ssm';
import { CliError } from './cli-error';
import type { LiveOptions, WindowSource } from './window-source';
import type { Json } from '../importer/json';
import type { Model } from '../importer/model';
import { modelOfRecords } from '../importer/read/parse-api';

/** The service allows only a few calls a second. */
const MAX_ATTEMPTS = 10;

/** Opens the windows of an account, with the credentials that the AWS CLI would take. */
export function openSsmSource(options: LiveOptions): WindowSource {
  // whoever runs the command cannot do anything about the end of support for a version of Node.js
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const client = new SSMClient({
    ...options.region !== undefined && { region: options.region },
    ...options.profile !== undefined && { profile: options.profile },
    retryMode: 'adaptive',
    maxAttempts: MAX_ATTEMPTS,
  });
  return new SsmSource(client, options);
}

/** The windows that an SSM client sees. */
export class SsmSource implements WindowSource {
  constructor(private readonly client: SSMClient, private readonly options: LiveOptions) {}

  public async read(progress: (line: string) => void): Promise<Model> {
    try {
      return await this.readAll(progress);
      // eslint-disable-next-line no-restricted-syntax -- the service's errors become one line that says what to do
    } catch (error) {
      throw explained(error, this.options);
    }
  }

  private async readAll(progress: (line: string) => void): Promise<Model> {
    progress('reading the list of windows');
    const windowIds = this.options.windowIds ?? await this.allWindowIds();
    const region = await this.client.config.region();
    if (windowIds.length === 0) {
      throw new CliError(`there is no maintenance window in ${region}, give another --region or --profile`);
    }
    const files: Array<{ name: string; content: Json }> = [];
    for (const [index, windowId] of windowIds.entries()) {
      progress(`reading window ${index + 1} of ${windowIds.length}`);
      files.push(...await this.readWindow(windowId, task => progress(`reading window ${index + 1} of ${windowIds.length}, task ${task}`)));
    }
    return modelOfRecords(`the account, ${region}`, files);
  }

  private async allWindowIds(): Promise<string[]> {
    const ids: string[] = [];
    for await (const page of paginateDescribeMaintenanceWindows(this.pages(), {})) {
      ids.push(...(page.WindowIdentities ?? []).flatMap(window => window.WindowId ?? []));
    }
    return ids;
  }

  private async readWindow(WindowId: string, progress: (task: number) => void): Promise<Array<{ name: string; content: Json }>> {
    const window = await this.client.send(new GetMaintenanceWindowCommand({ WindowId }));
    const { TagList } = await this.client.send(new ListTagsForResourceCommand({ ResourceType: 'MaintenanceWindow', ResourceId: WindowId }));
    const Targets: unknown[] = [];
    for await (const page of paginateDescribeMaintenanceWindowTargets(this.pages(), { WindowId })) {
      Targets.push(...page.Targets ?? []);
    }
    const listed: MaintenanceWindowTask[] = [];
    const Filters = this.options.filters.length > 0 ? [...this.options.filters] : undefined;
    for await (const page of paginateDescribeMaintenanceWindowTasks(this.pages(), { WindowId, Filters })) {
      listed.push(...page.Tasks ?? []);
    }
    const tasks: unknown[] = [];
    for (const [index, { WindowTaskId }] of listed.entries()) {
      progress(index + 1);
      tasks.push(withoutMetadata(await this.client.send(new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId }))));
    }
    const name = `window ${WindowId}`;
    return [withoutMetadata(window), ...TagList ? [{ TagList }] : [], ...Targets, ...tasks].map(content => ({ name, content: content as Json }));
  }

  private pages(): SSMPaginationConfiguration {
    return { client: this.client };
  }
}

/** An answer without what the SDK adds, and without members that have no value. */
function withoutMetadata(answer: object): object {
  return Object.fromEntries(Object.entries(answer).filter(([name, value]) => name !== '$metadata' && value !== undefined));
}

const FIXES: { readonly [name: string]: string } = {
  AccessDeniedException: 'allow ssm:DescribeMaintenanceWindow*, ssm:GetMaintenanceWindow* and ssm:ListTagsForResource',
  CredentialsProviderError: 'give --profile or log in as for the AWS CLI',
  DoesNotExistException: 'check --window-id and --region',
  ExpiredTokenException: 'log in again',
  InvalidResourceId: 'check --window-id and --region',
  ThrottlingException: 'try again later',
  UnrecognizedClientException: 'check the credentials',
  ValidationException: 'check --window-id and --filter',
};

function explained(error: unknown, { profile }: LiveOptions): Error {
  if (error instanceof CliError || (error as Error).name === 'ImportError') {
    return error as Error;
  }
  const { name, message } = error as Error;
  if (/region is missing/i.test(message)) {
    return new CliError('the region is not known, give --region');
  }
  const whose = profile === undefined ? '' : ` with the profile ${profile}`;
  const reason = `${name}: ${message}`.split('\n')[0].replace(/[.\s]+$/, '');
  return new CliError(`cannot read the account${whose}: ${reason}${FIXES[name] === undefined ? '' : `, ${FIXES[name]}`}`);
}
