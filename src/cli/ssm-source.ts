import {
  GetMaintenanceWindowCommand, GetMaintenanceWindowTaskCommand, ListTagsForResourceCommand, SSMClient, paginateDescribeMaintenanceWindows,
  paginateDescribeMaintenanceWindowTargets, paginateDescribeMaintenanceWindowTasks, type MaintenanceWindowTask, type SSMPaginationConfiguration,
} from '@aws-sdk/client-ssm';
import { CliError } from './cli-error';
import type { OutputFile } from './io';
import type { LiveOptions, WindowSource } from './window-source';
import type { Json, JsonObject } from '../importer/json';
import type { Model } from '../importer/model';
import { modelOfRecords } from '../importer/read/parse-api';

/** The service allows only a few calls a second. */
const MAX_ATTEMPTS = 10;

/** Opens the windows of an account, with the credentials that the AWS CLI would take. */
export function openSsmSource(options: LiveOptions): WindowSource {
  // whoever runs the command cannot do anything about the end of support for a version of Node.js
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // the AWS CLI knows both variables, the SDK only the first
  const region = options.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const client = new SSMClient({
    ...region !== undefined && region !== '' && { region },
    ...options.profile !== undefined && { profile: options.profile },
    retryMode: 'adaptive',
    maxAttempts: MAX_ATTEMPTS,
  });
  return new SsmSource(client, options);
}

/** The windows that an SSM client sees. */
export class SsmSource implements WindowSource {
  constructor(private readonly client: SSMClient, private readonly options: LiveOptions) {}

  public async read(progress: (line: string) => void, keep: (files: readonly OutputFile[]) => void): Promise<Model> {
    try {
      return await this.readAll(progress, keep);
      // eslint-disable-next-line no-restricted-syntax -- the service's errors become one line that says what to do
    } catch (error) {
      throw explained(error, this.options);
    }
  }

  private async readAll(progress: (line: string) => void, keep: (files: readonly OutputFile[]) => void): Promise<Model> {
    progress('reading the list of windows');
    const windowIds = this.options.windowIds ?? await this.allWindowIds();
    const region = await this.client.config.region();
    if (windowIds.length === 0) {
      throw new CliError(`there is no maintenance window in ${region}, give another --region or --profile`);
    }
    const files: WindowRecords[] = [];
    for (const [index, windowId] of windowIds.entries()) {
      progress(`reading window ${index + 1} of ${windowIds.length}`);
      const records = await this.readWindow(windowId, task => progress(`reading window ${index + 1} of ${windowIds.length}, task ${task}`));
      keep(exportFiles(records));
      files.push(records);
    }
    return modelOfRecords(`the account, ${region}`, files.flatMap(recordsOf));
  }

  private async allWindowIds(): Promise<string[]> {
    const ids: string[] = [];
    for await (const page of paginateDescribeMaintenanceWindows(this.pages(), {})) {
      ids.push(...(page.WindowIdentities ?? []).flatMap(window => window.WindowId ?? []));
    }
    return ids;
  }

  private async readWindow(WindowId: string, progress: (task: number) => void): Promise<WindowRecords> {
    const window = withoutMetadata(await this.client.send(new GetMaintenanceWindowCommand({ WindowId })));
    const tags = await this.tagsOf(WindowId);
    const targets: JsonObject[] = [];
    for await (const page of paginateDescribeMaintenanceWindowTargets(this.pages(), { WindowId })) {
      targets.push(...(page.Targets ?? []).map(withoutMetadata));
    }
    const listed: MaintenanceWindowTask[] = [];
    const Filters = this.options.filters.length > 0 ? [...this.options.filters] : undefined;
    for await (const page of paginateDescribeMaintenanceWindowTasks(this.pages(), { WindowId, Filters })) {
      listed.push(...page.Tasks ?? []);
    }
    const tasks: JsonObject[] = [];
    for (const [index, { WindowTaskId }] of listed.entries()) {
      progress(index + 1);
      tasks.push(withoutMetadata(await this.client.send(new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId }))));
    }
    return { windowId: WindowId, window, tags, targets, tasks };
  }

  /** The tags, or undefined if they may not be read: the rest of a window is worth having without them. */
  private async tagsOf(windowId: string): Promise<JsonObject[] | undefined> {
    try {
      const { TagList = [] } = await this.client.send(new ListTagsForResourceCommand({ ResourceType: 'MaintenanceWindow', ResourceId: windowId }));
      return TagList.map(withoutMetadata);
      // eslint-disable-next-line no-restricted-syntax -- a permission that is missing here is told as a remark of the model
    } catch (error) {
      if ((error as Error).name !== 'AccessDeniedException') {
        throw error;
      }
      return undefined;
    }
  }

  private pages(): SSMPaginationConfiguration {
    return { client: this.client };
  }
}

/** What the service says of one window. */
interface WindowRecords {
  readonly windowId: string;
  readonly window: JsonObject;
  readonly tags?: JsonObject[];
  readonly targets: JsonObject[];
  readonly tasks: JsonObject[];
}

function recordsOf({ windowId, window, tags, targets, tasks }: WindowRecords): Array<{ readonly name: string; readonly content: Json }> {
  return [window, ...tags ? [{ TagList: tags }] : [], ...targets, ...tasks].map(content => ({ name: `window ${windowId}`, content }));
}

/** What was read, in the form in which the AWS CLI prints it. */
function exportFiles({ windowId, window, tags, targets, tasks }: WindowRecords): OutputFile[] {
  const contents = { window: window, targets: { Targets: targets }, tasks: tasks, ...tags && { tags: { TagList: tags } } };
  return Object.entries(contents).filter(([, content]) => !Array.isArray(content) || content.length > 0)
    .map(([name, content]) => ({ path: `${windowId}.${name}.json`, text: `${JSON.stringify(content, printable, 2)}\n` }));
}

/** Payloads are bytes, which the AWS CLI prints as Base64. */
function printable(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** An answer without what the SDK adds, and without members that have no value. */
function withoutMetadata(answer: object): JsonObject {
  return Object.fromEntries(Object.entries(answer).filter(([name, value]) => name !== '$metadata' && value !== undefined)) as JsonObject;
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
  if (profile !== undefined && (name === 'CredentialsProviderError' || /could not be found/i.test(message))) {
    return new CliError(`there is no profile ${profile} with credentials in the AWS configuration, see aws configure list-profiles`);
  }
  if (/region is missing/i.test(message)) {
    return new CliError('the region is not known, give --region or set AWS_REGION');
  }
  const whose = profile === undefined ? '' : ` with the profile ${profile}`;
  const reason = `${name}: ${message}`.split('\n')[0].replace(/[.\s]+$/, '');
  return new CliError(`cannot read the account${whose}: ${reason}${FIXES[name] === undefined ? '' : `, ${FIXES[name]}`}`);
}
