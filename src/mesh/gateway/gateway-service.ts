import { ApiObject, ApiObjectMetadata, JsonPatch } from 'cdk8s';
import { Protocol, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayExposure } from './gateway-exposure';

/** What a Service of a gateway is made of. */
export interface GatewayServiceProps {
  readonly gateway: string;
  readonly metadata: ApiObjectMetadata;
  readonly selector: { [key: string]: string };
  readonly exposure: GatewayExposure;
  /** Whether the gateway has to see the address of its peer. */
  readonly seesPeer: boolean;
}

/** One of the Services of a gateway; all have the same ports. */
export class GatewayService {
  public readonly service: Service;

  constructor(scope: Construct, id: string, private readonly props: GatewayServiceProps) {
    const { gateway, metadata, selector, exposure, seesPeer } = props;
    const { sourceRanges, loadBalancerIp, loadBalancerClass, allocateNodePorts } = exposure._options;
    const annotations = exposure._annotations;
    this.service = new Service(scope, id, {
      metadata: { ...metadata, ...Object.keys(annotations).length > 0 && { annotations } },
      type: exposure.type,
      loadBalancerSourceRanges: sourceRanges,
    });
    Object.entries(selector).forEach(([key, value]) => this.service.selectLabel(key, value));
    const rest = {
      externalTrafficPolicy: exposure._trafficPolicy(`a Service of gateway '${gateway}'`, seesPeer),
      // The names are those of the construct's own type.
      loadBalancerIp,
      loadBalancerClass,
      allocateLoadBalancerNodePorts: allocateNodePorts,
    };
    for (const [field, value] of Object.entries(rest).filter(([, given]) => given !== undefined)) {
      ApiObject.of(this.service).addJsonPatch(JsonPatch.add(`/spec/${field}`, value));
    }
    this.service.node.addValidation({ validate: () => unknownNodePorts(gateway, exposure, this.service.ports.map(({ port }) => port)) });
  }

  public addPort(port: number, name: string): void {
    if (!this.service.ports.some(each => each.port === port)) {
      this.service.bind(port, { name, targetPort: port, protocol: Protocol.TCP, nodePort: this.props.exposure._options.nodePorts?.[port] });
    }
  }
}

/** Node ports for ports that a gateway does not have. */
export function unknownNodePorts(gateway: string, { _options }: GatewayExposure, ports: number[]): string[] {
  return Object.keys(_options.nodePorts ?? {}).filter(port => !ports.includes(Number(port)))
    .map(port => `nodePorts of gateway '${gateway}' names port ${port}, which the gateway has not: it has ${ports.join(', ')}`);
}
