import { GatewayInfrastructure } from './gateway-infrastructure';
import type { GatewaySpecInfrastructure } from '../imports/gateway.networking.k8s.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkObjectReference } from '../semantics/object-reference';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

const MAX_LABELS = 8;
const MAX_ANNOTATIONS = 16;
const MAX_ANNOTATION = 4096;

/** @throws when the API server would refuse it */
export function infrastructureSpec({ labels, annotations, parameters }: GatewayInfrastructure): Manifest<GatewaySpecInfrastructure> {
  checkAtMost(MAX_LABELS, Object.keys(labels ?? {}).length, 'labels of the infrastructure', 'leave some out');
  for (const [key, value] of Object.entries(labels ?? {})) {
    checkQualifiedName(key, 'label of the infrastructure');
    checkLabelValue(value, `label '${key}' of the infrastructure`);
  }
  checkAtMost(MAX_ANNOTATIONS, Object.keys(annotations ?? {}).length, 'annotations of the infrastructure', 'leave some out');
  for (const [key, value] of Object.entries(annotations ?? {})) {
    checkQualifiedName(key, 'annotation of the infrastructure');
    checkAtMost(MAX_ANNOTATION, value.length, `characters of annotation '${key}' of the infrastructure`, 'shorten it');
  }
  if (parameters === undefined) {
    return { labels, annotations };
  }
  const { group, kind, name } = checkObjectReference(parameters, 'the infrastructure\'s parameters');
  return { labels, annotations, parametersRef: { group, kind, name } };
}
