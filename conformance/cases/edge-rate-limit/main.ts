import { App, Chart } from 'cdk8s';
import { rateLimits } from './limits';

const app = new App();
rateLimits(new Chart(app, 'rate-limit'));
app.synth();
