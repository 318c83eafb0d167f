import { Analyze } from './analyze';
import { ApiServer } from './apiserver';
import { Engine } from './engine';
import { EnvoyGateway } from './envoy-gateway';
import { Inject } from './inject';

/** All engines, in the order in which they are built and asked. */
export const ENGINES: readonly Engine[] = [
  new ApiServer(),
  new Analyze(),
  new Inject(),
  new EnvoyGateway(),
];
