import { synthCluster } from '../examples-istio-tasks/cluster';

synthCluster(3);
