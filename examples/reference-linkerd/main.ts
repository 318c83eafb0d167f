/**
 * Every field of every kind of Linkerd that is made here, with every word of its enums: objects under a comment with the path that they show. All of them are about one
 * shop, and agree with each other.
 *
 * It is there to look fields up, not to be applied: nobody needs all of it at once. Apps that run are in the folders beside this one.
 */
import { App, Chart } from 'cdk8s';
import { policies } from './policies';
import { servers } from './server';
import { Shop } from './shop';
import { traffic } from './traffic';
import { LinkerdMesh } from 'cdk8s-mesh';

const app = new App();
new LinkerdMesh(app, 'Mesh');
const shop = new Shop(app, 'shop');

const server = servers(new Chart(app, 'server'), shop);
policies(new Chart(app, 'policies'), shop, server);
traffic(new Chart(app, 'traffic'), shop);

app.synth();
