/** What a custom resource answers to CloudFormation. */
export interface CfnResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** Shown in the stack's events; only read when the status is FAILED. */
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** The timing of the answer, apart from the tests always the default. */
interface RespondOptions {
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** A response body may not be longer (AWS CloudFormation user guide, "Custom resource response objects"). */
export const MAX_RESPONSE_BYTES = 4096;

const ATTEMPTS = 4;
const ELLIPSIS = '…';

/** The body, with the reason shortened to what CloudFormation accepts. */
export function responseBody(response: CfnResponse): string {
  const body = JSON.stringify(response);
  if (Buffer.byteLength(body) <= MAX_RESPONSE_BYTES || response.Reason === undefined) {
    return body;
  }
  // By characters, not by code units: a cut surrogate pair would not be valid JSON text.
  const characters = [...response.Reason];
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    const candidate = JSON.stringify({ ...response, Reason: characters.slice(0, middle).join('') + ELLIPSIS });
    if (Buffer.byteLength(candidate) <= MAX_RESPONSE_BYTES) {
      fits = middle;
    } else {
      tooLong = middle;
    }
  }
  return JSON.stringify({ ...response, Reason: characters.slice(0, fits).join('') + ELLIPSIS });
}

/**
 * Puts the answer to the presigned URL of the request.
 *
 * A stack waits for it until its timeout, so network errors and 5xx answers are retried.
 */
export async function respond(url: string, response: CfnResponse, options: RespondOptions = {}): Promise<void> {
  const sleep = options.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  const body = responseBody(response);
  let problem = await put(url, body);
  for (let attempt = 1; problem !== undefined; attempt++) {
    if (attempt === ATTEMPTS || !problem.retryable) {
      // The URL carries a signature and stays out of the message.
      throw new Error(`CloudFormation could not be answered: ${problem.text}`);
    }
    await sleep(1000 * 2 ** (attempt - 1));
    problem = await put(url, body);
  }
}

async function put(url: string, body: string): Promise<{ text: string; retryable: boolean } | undefined> {
  try {
    // The signature of the URL covers an empty content type.
    const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
    await answer.arrayBuffer();
    return answer.ok ? undefined : { text: `HTTP ${answer.status}`, retryable: answer.status >= 500 };
  // eslint-disable-next-line no-restricted-syntax -- a network error is retried
  } catch (error) {
    return { text: (error as Error).name, retryable: true };
  }
}
