import { Ambient } from './ambient';
import { Analyze } from './analyze';
import { ApiServer } from './apiserver';
import { Charts } from './charts';
import { Engine } from './engine';
import { Envoy } from './envoy';
import { EnvoyGateway } from './envoy-gateway';
import { Inject } from './inject';
import { Istiod } from './istiod';
import { Nginx } from './nginx';
import { Prometheus } from './prometheus';
import { Provision } from './provision';

/** All engines, in the order in which they are built and asked. */
export const ENGINES: readonly Engine[] = [
  new ApiServer(),
  new Istiod(),
  new Envoy(),
  new Analyze(),
  new Inject(),
  new Charts(),
  new EnvoyGateway(),
  new Prometheus(),
  new Ambient(),
  new Nginx(),
  new Provision(),
];
