import { App, Chart } from 'cdk8s';
import { bodies } from './bodies';
import { extensions, modules, olderExtensions } from './extensions';
import { rateLimits } from './limits';
import { logs } from './logs';
import { orders } from './order';
import { limitsTogether } from './together';

const app = new App();
rateLimits(new Chart(app, 'rate-limit'));
bodies(new Chart(app, 'body'));
extensions(new Chart(app, 'extension'));
olderExtensions(new Chart(app, 'extension-older'));
modules(new Chart(app, 'module'));
logs(new Chart(app, 'access-log'));
limitsTogether(new Chart(app, 'global-rate-limit'));
orders(new Chart(app, 'order'));
app.synth();
