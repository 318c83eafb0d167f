import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkManifests, Report } from './report';
import { readConstructs, Rendered } from '../manifests/construct-reader';
import type { JsonObject } from '../manifests/json';
import { declaredGatewayApi, GatewayApiVersion, versionOf } from '../semantics/gateway-api-version';

/** What the validator says of constructs, and what they render to. */
export interface CheckedConstructs {
  readonly report: Report;
  readonly rendered: Rendered;
}

/** Checks all objects of a construct, each for the Gateway API that is declared for it; what is wanted goes before what is declared. */
export function checkConstructs(scope: IConstruct, wanted: Partial<GatewayApiVersion> = {}): CheckedConstructs {
  const rendered: Rendered = new Map();
  const manifests = readConstructs(scope, rendered);
  const constructs = new Map<unknown, ApiObject>([...rendered].map(([construct, value]) => [value, construct]));
  const versionFor = ({ value }: { readonly value: JsonObject }) => {
    const { bundle, channel } = declaredGatewayApi(constructs.get(value)!.node);
    return versionOf({ bundle: wanted.bundle ?? bundle, channel: wanted.channel ?? channel });
  };
  return { report: checkManifests(manifests, versionFor), rendered };
}
