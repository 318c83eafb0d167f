import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Message, ProxyConfig } from '../istiod/ask';
import { Certificate, Certificates } from '../world/certificates';

const SECRET = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
/** What Istio's agent gives to each proxy itself: its own certificate, and whom it trusts. */
const AGENT = { identity: 'default', mesh: 'ROOTCA', system: 'file-root:system' };

/** The secrets of a proxy as files that Envoy watches: those of its agent, and those that istiod lets it have. */
export class SecretFiles {
  private readonly known: ReadonlyMap<string, Message>;

  constructor(private readonly dir: string, { secrets }: ProxyConfig, identity: Certificate, { authorities }: Certificates) {
    mkdirSync(dir, { recursive: true });
    const trust = (name: string, authority: string) => ({ name, validationContext: { trustedCa: { inlineString: authority } } });
    const all: Message[] = [
      {
        name: AGENT.identity,
        tlsCertificate: { certificateChain: { inlineString: identity.certificate }, privateKey: { inlineString: identity.key } },
      },
      trust(AGENT.mesh, authorities.mesh),
      trust(AGENT.system, authorities.public),
      ...secrets,
    ];
    this.known = new Map(all.map(secret => [secret.name as string, secret]));
  }

  /** Points each reference to a secret to its file; a secret that there is not has an empty one, for which Envoy waits in vain. */
  public refer<T>(message: T): T {
    return JSON.parse(JSON.stringify(message), (_, value) =>
      typeof value === 'object' && value !== null && 'sdsConfig' in value ? { name: value.name, sdsConfig: this.source(value.name as string) } : value) as T;
  }

  private source(name: string): Message {
    const path = join(this.dir, `${name.replace(/\W+/g, '-')}.json`);
    const secret = this.known.get(name);
    writeFileSync(path, JSON.stringify({ versionInfo: '1', resources: secret ? [{ '@type': SECRET, ...secret }] : [] }));
    return { pathConfigSource: { path }, initialFetchTimeout: '1s', resourceApiVersion: 'V3' };
  }
}
