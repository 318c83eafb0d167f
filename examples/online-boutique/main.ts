import { App } from 'cdk8s';
import { makeBoutique } from './boutique';

const app = new App();
makeBoutique(app);
app.synth();
