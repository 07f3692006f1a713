import type { CfnResponse } from '../../../src/setting/handler/cfn-response';

/** What CloudFormation is answered in the tests of a file, without a server for speed. The log is silent. */
export function recordAnswers(): CfnResponse[] {
  const answers: CfnResponse[] = [];
  beforeEach(() => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      answers.push(JSON.parse(init!.body as string));
      return new Response();
    });
  });
  afterEach(() => jest.restoreAllMocks());
  return answers;
}
