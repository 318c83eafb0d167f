import { App, Chart } from 'cdk8s';
import { clientAddresses, clientCertificates } from './clients';
import { gatewayHosts } from './hosts';

const app = new App();
gatewayHosts(new Chart(app, 'hosts'));
clientCertificates(new Chart(app, 'clients'));
clientAddresses(new Chart(app, 'addresses'));
app.synth();
