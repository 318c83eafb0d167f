import { synthCluster } from './cluster';

synthCluster(1);
