import { Api } from './api';
import { GatewayApiJudge } from './gateway-api/judge';
import { IstioJudge } from './istio/judge';
import { Judge } from './judge';

/** Builds and starts the engines of an API. */
export async function startJudge({ name }: Api): Promise<Judge> {
  return name === 'istio' ? IstioJudge.start() : GatewayApiJudge.start();
}
