import { Construct } from 'constructs';
import { Json } from './references';
import { ReferenceGrant } from '../../../src';

export function referenceGrant(scope: Construct, id: string, { metadata, spec }: Json): void {
  new ReferenceGrant(scope, id, { metadata, sources: spec.from, targets: spec.to });
}
