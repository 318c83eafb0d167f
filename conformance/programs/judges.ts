import { Api } from './api';
import { GatewayApiJudge } from './gateway-api/judge';
import { IstioJudge } from './istio/judge';
import { Judge } from './judge';
import { LinkerdJudge } from './linkerd/judge';

/** Builds and starts the engines of an API. */
export async function startJudge({ name }: Api): Promise<Judge> {
  return name === 'istio' ? IstioJudge.start() : name === 'linkerd' ? LinkerdJudge.start() : GatewayApiJudge.start();
}
