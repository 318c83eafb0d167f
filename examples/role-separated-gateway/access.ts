import { ApiResource, ClusterRole, ClusterRoleBinding, Group, Namespace, RoleBinding } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayApiResource } from 'cdk8s-mesh';

const ROUTES = [GatewayApiResource.HTTP_ROUTES, GatewayApiResource.GRPC_ROUTES];
/** What says who may refer to a Service, and how gateways speak to it: a matter of those who own it. */
const OF_SERVICES = [GatewayApiResource.REFERENCE_GRANTS, GatewayApiResource.BACKEND_TLS_POLICIES];

/** The personas of Gateway API, as groups of the cluster's users: each may write its own kinds in its own namespaces, and read what it builds upon. */
export class Access extends Construct {
  private readonly routeAuthor: ClusterRole;

  constructor(scope: Construct, id: string, edge: Namespace) {
    super(scope, id);
    this.routeAuthor = this.role('gateway-route-author', [...ROUTES, ...OF_SERVICES, ApiResource.SERVICES, ApiResource.DEPLOYMENTS]);

    const infrastructure = this.group('gateway-infrastructure');
    const classAuthor = this.role('gateway-class-author', [GatewayApiResource.GATEWAY_CLASSES]);
    new ClusterRoleBinding(this, 'ClassAuthors', { metadata: { name: 'gateway-class-authors' }, role: classAuthor }).addSubjects(infrastructure);

    const operators = this.group('cluster-operators');
    // Routes as well, for those of everybody: the redirect to HTTPS.
    const gatewayAuthor = this.role('gateway-author', [GatewayApiResource.GATEWAYS, ...ROUTES]);
    new RoleBinding(this, 'GatewayAuthors', { metadata: { name: 'gateway-authors', namespace: edge.name }, role: gatewayAuthor }).addSubjects(operators);

    // A team reads in the status of Gateways why its route is not taken.
    const reader = new ClusterRole(this, 'gateway-reader', { metadata: { name: 'gateway-reader' } });
    reader.allowRead(GatewayApiResource.GATEWAY_CLASSES, GatewayApiResource.GATEWAYS);
    new ClusterRoleBinding(this, 'Readers', { metadata: { name: 'gateway-readers' }, role: reader }).addSubjects(this.group('system:authenticated'));
  }

  /** Gives a namespace to a team; no other team may write there. */
  public give(namespace: Namespace, team: string): void {
    new RoleBinding(this, `RouteAuthors-${team}`, { metadata: { name: 'gateway-route-authors', namespace: namespace.name }, role: this.routeAuthor })
      .addSubjects(this.group(team));
  }

  private role(name: string, written: ApiResource[]): ClusterRole {
    const role = new ClusterRole(this, name, { metadata: { name } });
    role.allowReadWrite(...written);
    return role;
  }

  private group(name: string): Group {
    return Group.fromName(this, `Group-${name}`, name);
  }
}
