import { createSocket, Socket } from 'node:dgram';
import { AddressInfo } from 'node:net';

const HEADER = 12;
const TYPE_A = 1;
const NO_SUCH_NAME = 3;

/** The DNS of a cluster, on loopback: it knows the names that it is told, until it is told others. */
export class Dns {
  private readonly socket: Socket = createSocket('udp4');
  private readonly addresses = new Map<string, string>();

  /** Starts it, and gives its port. */
  public async start(): Promise<number> {
    this.socket.on('message', (query, { address, port }) => this.socket.send(this.answer(query), port, address));
    await new Promise<void>((resolve, reject) => this.socket.once('error', reject).bind(0, '127.0.0.1', resolve));
    return (this.socket.address() as AddressInfo).port;
  }

  /** Has a name from now on. */
  public know(name: string, address: string): void {
    this.addresses.set(name, address);
  }

  public async stop(): Promise<void> {
    await new Promise<void>(resolve => this.socket.close(resolve));
  }

  private answer(query: Buffer): Buffer {
    const { name, end } = nameIn(query);
    const address = this.addresses.get(name.toLowerCase());
    const answers = address !== undefined && query.readUInt16BE(end) === TYPE_A;
    const header = Buffer.alloc(HEADER);
    query.copy(header, 0, 0, 2);
    // An answer with authority to a question that asked for recursion.
    header.writeUInt16BE(0x8580 + (address === undefined ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers ? 1 : 0, 6);
    const question = query.subarray(HEADER, end + 4);
    return Buffer.concat([header, question, ...answers ? [record(address)] : []]);
  }
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
    at += 1 + query[at];
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** An address, for a second, of the name in the question. */
function record(address: string): Buffer {
  const head = Buffer.from([0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4]);
  return Buffer.concat([head, Buffer.from(address.split('.').map(Number))]);
}
