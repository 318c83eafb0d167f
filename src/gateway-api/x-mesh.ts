import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { ClusterConstruct } from './gateway-api-construct';
import { GatewayClassParameters } from './gateway-class';
import type { XMeshSpec } from '../imports/gateway.networking.x-k8s.io';
import { GatewayController } from '../semantics/gateway-controller';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { checkObjectReference } from '../semantics/object-reference';

/** Properties of an XMesh. */
export interface XMeshProps extends ResourceProps {
  /** The controller of the mesh, which cannot be changed later. */
  readonly controller: GatewayController;

  /**
   * What the mesh is for, at most 64 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The object that configures the controller.
   *
   * @default - the controller's own configuration
   */
  readonly parameters?: GatewayClassParameters;
}

/** An XMesh: one of this app, or one that is in the cluster already. */
export interface IXMesh {
  /** The name of the mesh. */
  readonly name: string;

  /**
   * The controller of the mesh.
   *
   * @default - not known
   */
  readonly controller?: GatewayController;
}

/** What is known of an XMesh that is in the cluster already. */
export interface FromXMeshNameOptions {
  /**
   * The controller of the mesh.
   *
   * @default - not known
   */
  readonly controller?: GatewayController;
}

const MAX_DESCRIPTION = 64;

/**
 * A mesh as its controller announces it: which Gateway API features it has stands in the status. It is of the whole cluster and in no namespace.
 *
 * It is part of the experimental channel.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-3949/
 */
export class XMesh extends ClusterConstruct implements IXMesh {
  /**
   * An XMesh that is in the cluster already.
   *
   * @throws when the name breaks DNS rules
   */
  public static fromXMeshName(name: string, options: FromXMeshNameOptions = {}): IXMesh {
    return checkNamed('XMesh', { name, ...options });
  }

  /** The controller of the mesh. */
  public readonly controller?: GatewayController;

  /** The plural name of the kind. */
  public readonly resourceType = 'xmeshes';

  private readonly spec: Manifest<XMeshSpec>;

  /**
   * @throws when the description is longer than 64 characters, the parameters can name no object, or the channel lacks the kind
   */
  constructor(scope: Construct, id: string, props: XMeshProps) {
    super(scope, id, 'XMesh', props.metadata);
    this.controller = props.controller;
    // Characters, as the API server counts them, are not units of UTF-16.
    checkAtMost(MAX_DESCRIPTION, [...props.description ?? ''].length, `characters of the description of XMesh '${this.name}'`, 'shorten it');
    const { parameters } = props;
    this.spec = {
      controllerName: props.controller.name,
      description: props.description,
      parametersRef: parameters && checkObjectReference({ ...parameters }, `the parameters of XMesh '${this.name}'`),
    };
    GatewayApi._of(this)._check(this, '', this.spec);
  }

  /** @internal */
  public _toKube(): Manifest<XMeshSpec> {
    return this.spec;
  }
}
