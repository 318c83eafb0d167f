import { App } from 'cdk8s';
import { makeZeroTrust } from './zero-trust';
import { JwtKeys } from 'cdk8s-mesh';

const app = new App();
makeZeroTrust(app, { issuer: 'https://id.example.com', keys: JwtKeys.uri('https://id.example.com/.well-known/jwks.json') });
app.synth();
