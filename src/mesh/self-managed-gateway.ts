import { ServiceType } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayBody, GatewayBodyProps } from './gateway-body';
import { GatewayHost } from './gateway-host';
import { GatewayWorkload, GatewayWorkloadOptions } from './gateway-workload';
import { patternLabels } from './pattern-labels';
import { IstioGateway } from '../istio/istio-gateway';
import { IstioServer } from '../istio/istio-server';
import { ServerTls } from '../istio/server-tls';
import { TlsVersion } from '../istio/tls-version';
import { WorkloadSelector } from '../istio/workload-selector';

interface SelfManagedGatewayProps extends GatewayBodyProps {
  readonly workload: GatewayWorkloadOptions;
}

/** A gateway that is a Deployment of ours, with an Istio Gateway bound to its pods. */
export class SelfManagedGateway implements GatewayBody {
  public readonly workload: GatewayWorkload;
  public readonly istioGateway: IstioGateway;
  public readonly serviceAccountName: string;
  public readonly policyScope: { readonly selector: WorkloadSelector };

  constructor(scope: Construct, private readonly props: SelfManagedGatewayProps) {
    const { name, namespace, workload } = props;
    this.workload = new GatewayWorkload(scope, 'Workload', { serviceType: ServiceType.LOAD_BALANCER, ...workload, name, namespace }).addStatusPort();
    this.serviceAccountName = this.workload.serviceAccount.name;
    this.policyScope = { selector: this.workload.selector };
    this.istioGateway = new IstioGateway(scope, 'IstioGateway', {
      metadata: { name, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
      selector: this.workload.selector,
    });
  }

  public addHost({ hostname, certificates }: GatewayHost): void {
    const { name, namespace, admits, redirect, minTlsVersion = TlsVersion.V1_2 } = this.props;
    const hosts = (admits.length > 0 ? admits : ['.']).map(admitted => `${admitted}/${hostname}`);
    const plain = certificates.length === 0;
    const elsewhere = certificates.find(each => each.namespace !== undefined && each.namespace !== namespace.name);
    if (elsewhere !== undefined) {
      throw new Error(`certificate '${elsewhere.name}' of host '${hostname}' must be in namespace '${namespace.name}' of gateway '${name}', ` +
        `got '${elsewhere.namespace}': Istio reads it beside the pods, and takes no ReferenceGrant`);
    }
    if (plain || redirect) {
      this.workload.addPort(80, 'http2');
      // A server that redirects answers by itself, whatever binds to it.
      this.istioGateway.addServer(plain ? IstioServer.http({ hosts }) : IstioServer.http({ hosts: [hostname], httpsRedirect: true }));
    }
    if (!plain) {
      this.workload.addPort(443, 'https');
      this.istioGateway.addServer(IstioServer.https({ hosts, tls: ServerTls.simple({ certificates, minProtocolVersion: minTlsVersion }) }));
    }
  }
}
