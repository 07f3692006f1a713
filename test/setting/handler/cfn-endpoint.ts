import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CfnResponse } from '../../../src/setting/handler/cfn-response';

/** Stands for the presigned URL to which a custom resource answers. */
export class CfnEndpoint {
  public static async start(): Promise<CfnEndpoint> {
    const endpoint = new CfnEndpoint();
    await new Promise<void>((resolve) => endpoint.server.listen(0, '127.0.0.1', resolve));
    endpoint.url = `http://127.0.0.1:${(endpoint.server.address() as AddressInfo).port}/answer?X-Amz-Signature=secret`;
    return endpoint;
  }

  public url = '';
  /** Answers in turn; 200 when there is none left. */
  public statuses: number[] = [];
  public readonly requests: { method?: string; contentType?: string; body: CfnResponse }[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push({
          method: request.method,
          contentType: request.headers['content-type'],
          body: JSON.parse(Buffer.concat(chunks).toString()) as CfnResponse,
        });
        response.writeHead(this.statuses.shift() ?? 200).end();
      });
    });
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
