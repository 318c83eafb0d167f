import { App } from 'cdk8s';
import { makeTargets } from './targets';

const app = new App();
makeTargets(app);
app.synth();
