import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Release } from './release';
import { checkManifests, Report } from './report';
import { readConstructs, Rendered } from '../manifests/construct-reader';
import type { JsonObject } from '../manifests/json';
import { declaredGatewayApi, versionOf } from '../semantics/gateway-api-version';
import { declaredIstioVersion } from '../semantics/mesh-declaration';

/** What the validator says of constructs, and what they render to. */
export interface CheckedConstructs {
  readonly report: Report;
  readonly rendered: Rendered;
}

/** Checks all objects of a construct, each for the Gateway API and the Istio that are declared for it; what is wanted goes before what is declared. */
export function checkConstructs(scope: IConstruct, wanted: Partial<Release> = {}): CheckedConstructs {
  const rendered: Rendered = new Map();
  const manifests = readConstructs(scope, rendered);
  const constructs = new Map<unknown, ApiObject>([...rendered].map(([construct, value]) => [value, construct]));
  const versionFor = ({ value }: { readonly value: JsonObject }) => {
    const construct = constructs.get(value)!;
    const { bundle, channel } = declaredGatewayApi(construct.node);
    return {
      ...versionOf({ bundle: wanted.bundle ?? bundle, channel: wanted.channel ?? channel }),
      istio: wanted.istio ?? declaredIstioVersion(construct),
    };
  };
  return { report: checkManifests(manifests, versionFor), rendered };
}
