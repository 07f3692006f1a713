import { CfnEndpoint } from './cfn-endpoint';
import { MAX_RESPONSE_BYTES, respond, responseBody } from '../../../src/setting/handler/cfn-response';
import type { CfnResponse } from '../../../src/setting/handler/cfn-response';

const ANSWER: CfnResponse = {
  Status: 'FAILED',
  Reason: 'because',
  PhysicalResourceId: 'id',
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/S/guid',
  RequestId: 'request',
  LogicalResourceId: 'Alarm',
};

let endpoint: CfnEndpoint;
let pauses: number[];
const sleep = async (milliseconds: number) => { pauses.push(milliseconds); };

beforeEach(async () => {
  endpoint = await CfnEndpoint.start();
  pauses = [];
});

afterEach(() => endpoint.stop());

describe('answer to CloudFormation', () => {
  test('is one PUT with an empty content type', async () => {
    await respond(endpoint.url, ANSWER);

    expect(endpoint.requests).toEqual([{ method: 'PUT', contentType: '', body: ANSWER }]);
  });

  test('is repeated after a server error', async () => {
    endpoint.statuses = [503, 500, 200];

    await respond(endpoint.url, ANSWER, { sleep });

    expect(endpoint.requests).toHaveLength(3);
    expect(pauses).toEqual([1000, 2000]);
  });

  test('fails when the server keeps failing', async () => {
    endpoint.statuses = [500, 500, 500, 500];

    await expect(respond(endpoint.url, ANSWER, { sleep })).rejects.toThrow(/^CloudFormation could not be answered: HTTP 500$/);
    expect(endpoint.requests).toHaveLength(4);
  });

  test('fails when the URL is refused, at once and without telling the URL', async () => {
    endpoint.statuses = [403];

    await expect(respond(endpoint.url, ANSWER, { sleep })).rejects.toThrow(/^CloudFormation could not be answered: HTTP 403$/);
    expect(endpoint.requests).toHaveLength(1);
  });

  test('fails when nobody answers', async () => {
    await endpoint.stop();

    await expect(respond(endpoint.url, ANSWER, { sleep })).rejects.toThrow(/^CloudFormation could not be answered: TypeError$/);
    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  test('waits for real between two attempts', async () => {
    endpoint.statuses = [500, 200];

    await respond(endpoint.url, ANSWER);

    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('body of the answer', () => {
  test('is left alone when it is short', () => {
    expect(JSON.parse(responseBody(ANSWER))).toEqual(ANSWER);
  });

  test('has no reason when it is a success', () => {
    const success: CfnResponse = { ...ANSWER, Status: 'SUCCESS', Reason: undefined };

    expect(JSON.parse(responseBody(success))).not.toHaveProperty('Reason');
  });

  test.each([
    ['plain text', 'x'.repeat(5000)],
    ['text that JSON escapes', '"\\\n'.repeat(2000)],
    ['two-byte characters', 'é'.repeat(5000)],
    ['characters of two code units', '😀'.repeat(3000)],
  ])('fits when the reason is long %s', (_, reason) => {
    const body = responseBody({ ...ANSWER, Reason: reason });

    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_RESPONSE_BYTES);
    // The limit is used: one more character of at most 12 bytes and the ellipsis would not fit.
    expect(Buffer.byteLength(body)).toBeGreaterThan(MAX_RESPONSE_BYTES - 16);
    const shortened = (JSON.parse(body) as CfnResponse).Reason!;
    expect(shortened.endsWith('…')).toBe(true);
    expect(reason.startsWith(shortened.slice(0, -1))).toBe(true);
  });

  test('is exactly at the limit without shortening', () => {
    const room = MAX_RESPONSE_BYTES - Buffer.byteLength(JSON.stringify({ ...ANSWER, Reason: '' }));
    const fits = { ...ANSWER, Reason: 'x'.repeat(room) };

    expect(responseBody(fits)).toBe(JSON.stringify(fits));
    expect(responseBody({ ...ANSWER, Reason: 'x'.repeat(room + 1) })).toContain('…');
  });
});
