import { App } from 'cdk8s';
import { makeTasks } from './tasks';

const app = new App();
makeTasks(app);
app.synth();
