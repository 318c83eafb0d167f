import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AttachedPolicy, PolicyTarget } from './attached-policy';
import type { EnvoyExtensionPolicySpec } from '../imports/gateway.envoyproxy.io';
import { Manifest } from '../semantics/manifest';

type Spec = Manifest<EnvoyExtensionPolicySpec>;

/** A Wasm module; `rootID` is upstream's name. */
export type WasmExtension = Omit<NonNullable<Spec['wasm']>[number], 'rootId'> & { readonly rootID?: string };

/** Which filters run. */
export type Extensions = Pick<Spec, 'lua'> & { readonly wasm?: readonly WasmExtension[] };

/**
 * Which filters of your own Envoy Gateway runs.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#envoyextensionpolicy
 */
export class EnvoyExtensionPolicy extends AttachedPolicy<Extensions> {
  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, target: PolicyTarget, spec: () => Extensions) {
    super(scope, id, 'EnvoyExtensionPolicy', metadata, target, spec);
  }
}
