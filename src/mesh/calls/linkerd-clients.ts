import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { LinkerdAuthentication } from '../../linkerd/linkerd-authentication';
import { LinkerdAuthorizationPolicy } from '../../linkerd/linkerd-authorization-policy';
import { LinkerdIdentities } from '../../linkerd/linkerd-identities';
import { LinkerdIdentityRef } from '../../linkerd/linkerd-identity-ref';
import { LinkerdMeshTlsAuthentication } from '../../linkerd/linkerd-mesh-tls-authentication';
import { LinkerdPolicyTarget } from '../../linkerd/linkerd-policy-target';
import { IMeshClient } from '../mesh-client';

/** What clients are let in to, and how the policy is called. */
interface ClientPolicy {
  readonly target: LinkerdPolicyTarget;
  readonly metadata: ApiObjectMetadata;
}

/** The clients that are let in to something: a policy with a list of them. */
export class LinkerdClients {
  private authentication?: LinkerdMeshTlsAuthentication;
  private readonly known = new Set<string>();

  constructor(private readonly scope: Construct, private readonly policy: ClientPolicy) {}

  public add({ clientNamespace: { name }, clientServiceAccount }: IMeshClient): void {
    const key = `${name}/${clientServiceAccount ?? '*'}`;
    if (this.known.has(key)) {
      return;
    }
    this.known.add(key);
    const ref = clientServiceAccount === undefined ? LinkerdIdentityRef.namespaceName(name) :
      LinkerdIdentityRef.serviceAccountName(clientServiceAccount, { namespace: name });
    if (this.authentication === undefined) {
      this.make(ref);
    } else {
      this.authentication.addIdentityRef(ref);
    }
  }

  private make(ref: LinkerdIdentityRef): void {
    const { target, metadata } = this.policy;
    const authentication = new LinkerdMeshTlsAuthentication(this.scope, 'MeshTlsAuthentication', { metadata, identities: LinkerdIdentities.references(ref) });
    new LinkerdAuthorizationPolicy(this.scope, 'AuthorizationPolicy', { metadata, target, requiredAuthentication: LinkerdAuthentication.meshTls(authentication) });
    this.authentication = authentication;
  }
}
