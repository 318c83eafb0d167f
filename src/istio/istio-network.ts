import { checkLabelValue } from '../semantics/qualified-name';

/**
 * A network of the mesh: what is in one network reaches each other directly, and other networks by their gateways.
 *
 * @see https://istio.io/latest/docs/ops/deployment/deployment-models/#network-models
 */
export class IstioNetwork {
  /**
   * The network of that name, as namespaces, pods and gateways are labelled with it.
   *
   * @throws when the name is empty, or cannot be the value of a label
   */
  public static of(name: string): IstioNetwork {
    if (name === '') {
      throw new Error('name of a network must not be empty: leave the network out to mean that of the cluster');
    }
    return new IstioNetwork(checkLabelValue(name, 'name of a network'));
  }

  private constructor(
    /** The name. */
    public readonly name: string,
  ) {}
}
