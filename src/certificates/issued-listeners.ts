import { claimSecret } from './secret-claims';
import { Certificate } from '../gateway-api/certificate';
import { Gateway } from '../gateway-api/gateway';
import { Listener } from '../gateway-api/listener';
import { ListenerSet } from '../gateway-api/listener-set';

/** The protocols, as they are written, whose listeners cert-manager looks at. */
const PROTOCOLS = ['HTTPS', 'TLS'];

/** The listeners that cert-manager makes certificates for; those that are added later are looked at before synthesis. */
export class IssuedListeners {
  constructor(private readonly what: string, private readonly owner: Gateway | ListenerSet, private readonly ignored: string[] = []) {
    this.listeners().forEach(listener => this.issue(listener));
    owner.node.addValidation({ validate: () => [...this.late(), ...this.unknown(), ...this.none()] });
  }

  /** All that are not ignored; what is passed through has no certificate. */
  private listeners(): Listener[] {
    return (this.owner.listeners ?? []).filter(({ name, protocol }) => PROTOCOLS.includes(protocol) && !this.ignored.includes(name))
      .filter(listener => listener.protocol === 'HTTPS' || listener._certificates().length > 0);
  }

  /** cert-manager would pass over such a listener, and only say so in an event. */
  private issue(listener: Listener): void {
    const why = this.whyNot(listener);
    if (why !== undefined) {
      throw new Error(`listener '${listener.name}' of ${this.what} gets no certificate of cert-manager: ${why}, or name the listener in ignoreTlsListeners`);
    }
    listener._certificates().forEach(({ name }) => claimSecret(this.owner, this.what, name, this.owner.metadata.namespace));
  }

  private whyNot(listener: Listener): string | undefined {
    const own = this.owner.metadata.namespace;
    const certificates = listener._certificates();
    const misfit = certificates.find(({ group, kind }) => group !== '' || kind !== 'Secret');
    const foreign = certificates.find(({ namespace = own }: Certificate) => namespace !== own);
    if (listener.hostname === undefined) {
      return 'it has no hostname; pass hostname, use a CertManagerCertificate';
    }
    if (certificates.length === 0) {
      return 'it names no Secret; pass Certificate.fromSecretName';
    }
    if (misfit !== undefined) {
      return `its certificate is in ${misfit.kind} '${misfit.name}'; use a Secret`;
    }
    return foreign && `Secret '${foreign.name}' is in namespace '${foreign.namespace}'; use a CertManagerCertificate there`;
  }

  private late(): string[] {
    return this.listeners().flatMap(listener => {
      try {
        this.issue(listener);
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    });
  }

  private unknown(): string[] {
    const known = (this.owner.listeners ?? []).map(({ name }) => name);
    return this.ignored.filter(name => !known.includes(name))
      .map(name => `ignoreTlsListeners of ${this.what} must name its listeners, got '${name}': it has ${known.join(', ')}`);
  }

  private none(): string[] {
    return this.listeners().length > 0 ? [] : [`${this.what} has an issuer and no listener that gets a certificate: add an HTTPS listener, or leave the issuer out`];
  }
}
