import { App } from 'cdk8s';
import { Platform } from './platform';
import { POLICY_AGENT } from './policy-agent';
import { Shop } from './shop';
import { Trial } from './trial';
import { IstioMesh, JwtKeys, MeshOutboundTraffic, PathNormalization } from 'cdk8s-mesh';

export interface ZeroTrustProps {
  /** Who issues the tokens of customers. */
  readonly issuer: string;
  /** The keys that tell whether it did. */
  readonly keys: JwtKeys;
}

/** A shop in which nobody is trusted for where they are: README.md says which call is refused by what. */
export function makeZeroTrust(app: App, { issuer, keys }: ZeroTrustProps): void {
  const hostname = 'shop.example.com';
  const mesh = new IstioMesh(app, 'Mesh', {
    extensionProviders: [POLICY_AGENT],
    // Hosts that nobody registered cannot be called, whatever a namespace says or forgets to say.
    outboundTrafficPolicy: MeshOutboundTraffic.REGISTRY_ONLY,
    // Policies and applications see one spelling of a path.
    pathNormalization: PathNormalization.DECODE_AND_MERGE_SLASHES,
  });
  const platform = new Platform(app, 'platform', { mesh, hostname, issuer, keys });
  const shop = new Shop(app, 'shop', { mesh, platform, hostname });
  new Trial(app, 'trial', shop);
}
