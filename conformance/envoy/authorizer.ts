import { Http2ServerResponse } from 'node:http2';
import type { Request, Response } from './answers';
import { frame } from './grpc';

/** By this header a request asks the authorizer for leave, and the authorizer says what it decided. */
const HEADER = 'x-ext-authz';
const LEAVE = 'allow';
const RESULT = 'x-ext-authz-check-result';

/** Of a CheckRequest, the entry of a map with the header; of a CheckResponse, the status, of which 7 says that it is denied. */
const ENTRY = Buffer.from(`\x0a${String.fromCharCode(HEADER.length)}${HEADER}\x12${String.fromCharCode(LEAVE.length)}${LEAVE}`, 'latin1');
const ALLOWED = Buffer.from([0x0a, 0x00]);
const DENIED = Buffer.from([0x0a, 0x02, 0x08, 0x07]);

/** Decides on a request that a proxy asks about, in Envoy's two ways: HTTP, where the status is the answer, and gRPC. */
export async function authorize(request: Request, response: Response): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  if (request.headers['content-type']?.startsWith('application/grpc')) {
    const allows = Buffer.concat(chunks).includes(ENTRY);
    response.writeHead(200, { 'content-type': 'application/grpc' });
    (response as Http2ServerResponse).write(frame(allows ? ALLOWED : DENIED));
    response.addTrailers({ 'grpc-status': '0' });
    response.end();
  } else {
    const allows = request.headers[HEADER] === LEAVE;
    response.writeHead(allows ? 200 : 403, { [RESULT]: allows ? 'allowed' : 'denied' });
    response.end();
  }
}
