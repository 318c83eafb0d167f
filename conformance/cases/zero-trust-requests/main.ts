import { App } from 'cdk8s';
import { makeZeroTrust } from '../../../examples/zero-trust/zero-trust';
import { TEST_JWKS } from '../../envoy/token';
import { JwtKeys } from 'cdk8s-mesh';

/** The shop, with customers whose tokens are signed by the key for tests. */
const app = new App();
makeZeroTrust(app, { issuer: 'https://issuer.example.com', keys: JwtKeys.json(TEST_JWKS) });
app.synth();
