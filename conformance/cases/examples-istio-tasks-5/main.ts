import { synthCluster } from '../examples-istio-tasks/cluster';

synthCluster(5);
