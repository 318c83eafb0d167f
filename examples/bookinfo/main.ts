/**
 * Istio's own sample, and its tasks. The chart `bookinfo` is the sample; each of the others is a task, to be applied on top of it. README.md leads through them.
 */
import { App } from 'cdk8s';
import { Bookinfo } from './bookinfo';
import { makeMtlsTasks } from './mtls';
import { makeObservability } from './observability';
import { makeResilienceTasks } from './resilience';
import { makeRoutingTasks } from './routing';
import { IstioMesh } from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const bookinfo = new Bookinfo(app, 'bookinfo', { mesh, hostname: 'bookinfo.example.com' });
makeRoutingTasks(app, bookinfo);
makeResilienceTasks(app, bookinfo);
makeMtlsTasks(app, bookinfo.namespaceName);
makeObservability(app, mesh, bookinfo.namespaceName);
app.synth();
