import { Chart, Testing } from 'cdk8s';
import { ContainerProps, Deployment, LabelSelector, Probe, Protocol, ServiceAccount } from 'cdk8s-plus-28';
import { AllowOptions, IMeshClient, IMeshNamespace, LinkerdMesh, MeshClient, MeshNamespace, MeshWorkload } from '../../src';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: { [key: string]: string }; readonly labels?: { [key: string]: string } };
  readonly spec: any;
}

const HTTP: ContainerProps = { image: 'web', ports: [{ number: 8080, name: 'http' }] };

class World {
  public readonly chart = new Chart(Testing.app(), 'test');
  public readonly mesh = new LinkerdMesh(this.chart, 'Mesh');
  public readonly shop = new MeshNamespace(this.chart, 'Shop', { mesh: this.mesh, name: 'shop' });
  public readonly other = new MeshNamespace(this.chart, 'Other', { mesh: this.mesh, name: 'other' });
  public readonly client = MeshClient.serviceAccountName(this.other, 'client');

  public workload(name = 'web', containers: ContainerProps[] = [HTTP], namespace: IMeshNamespace = this.shop): MeshWorkload {
    const metadata = { name, namespace: namespace.name };
    const workload = new Deployment(this.chart, `${name} Deployment`, {
      metadata, select: false, containers, serviceAccount: new ServiceAccount(this.chart, `${name} Account`, { metadata }),
    });
    workload.podMetadata.addLabel('app', name);
    workload.select(LabelSelector.of({ labels: { app: name } }));
    return new MeshWorkload(this.chart, name, { namespace, workload });
  }

  public objects(kind: string): Manifest[] {
    return (Testing.synth(this.chart) as Manifest[]).filter(object => object.kind === kind);
  }

  /** Which requests each route is about, and whom it lets in. */
  public routes(): { [match: string]: string[] } {
    return Object.fromEntries(this.objects('HTTPRoute').map(({ metadata: { name }, spec: { rules } }) => {
      const [{ matches: [{ method = 'ANY', path: { type, value } }] }] = rules;
      return [`${method} ${type} ${value}`, this.letIn('HTTPRoute', name)];
    }));
  }

  /** Whom the policies of a target let in. */
  public letIn(kind: string, name: string): string[] {
    const authentications = this.objects('MeshTLSAuthentication');
    return this.objects('AuthorizationPolicy').filter(({ spec: { targetRef } }) => targetRef.kind === kind && targetRef.name === name)
      .flatMap(({ spec: { requiredAuthenticationRefs: refs } }) => refs.length === 0 ? ['everybody'] : refs.flatMap((ref: { name: string }) =>
        authentications.find(({ metadata }) => metadata.name === ref.name)!.spec.identityRefs.map((id: { [part: string]: string }) =>
          [id.namespace, id.name].filter(part => part).join('/'))));
  }
}

function allowed(...calls: [IMeshClient | string, AllowOptions][]): World {
  const world = new World();
  const web = world.workload();
  calls.forEach(([client, options]) => web.allowFrom(typeof client === 'string' ? MeshClient.serviceAccountName(world.other, client) : client, options));
  return world;
}

describe('allowFrom in a Linkerd mesh', () => {
  test('closes the namespace, and makes a Server with a policy for its clients', () => {
    // GIVEN
    const world = new World();
    const web = world.workload();

    // WHEN
    web.allowFrom(world.client).allowFrom(world.other).allowFrom(world.client);

    // THEN
    expect(world.objects('Namespace')[0].metadata.annotations).toMatchObject({ 'config.linkerd.io/default-inbound-policy': 'deny' });
    expect(world.objects('Namespace')[1].metadata.annotations).not.toHaveProperty('config.linkerd.io/default-inbound-policy');
    const labels = expect.objectContaining({ 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/component': 'mesh-workload' });
    const metadata = { name: 'web-8080', namespace: 'shop', labels };
    expect(world.objects('Server')).toEqual([{
      apiVersion: 'policy.linkerd.io/v1beta3', kind: 'Server', metadata, spec: { podSelector: { matchLabels: { app: 'web' } }, port: 8080 },
    }]);
    expect(world.objects('MeshTLSAuthentication')).toEqual([{
      apiVersion: 'policy.linkerd.io/v1alpha1',
      kind: 'MeshTLSAuthentication',
      metadata,
      spec: { identityRefs: [{ kind: 'ServiceAccount', name: 'client', namespace: 'other' }, { kind: 'Namespace', name: 'other' }] },
    }]);
    expect(world.objects('AuthorizationPolicy')).toEqual([{
      apiVersion: 'policy.linkerd.io/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata,
      spec: {
        targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'web-8080' },
        requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'web-8080' }],
      },
    }]);
    expect(world.objects('HTTPRoute')).toEqual([]);
  });

  test('makes a Server for each declared TCP port, or for those that are named', () => {
    // GIVEN
    const world = new World();
    const ports = [{ number: 8080 }, { number: 9090 }, { number: 53, protocol: Protocol.UDP }];
    const names = () => world.objects('Server').map(({ metadata: { name } }) => name);

    // WHEN
    world.workload('all', [{ image: 'all', ports }]).allowFrom(world.client);
    world.workload('one', [{ image: 'one', ports }]).allowFrom(world.client, { ports: [9090] });

    // THEN
    expect(names()).toEqual(['all-8080', 'all-9090', 'one-9090']);
  });

  test('needs ports that are known', () => {
    const world = new World();
    expect(() => world.workload('web', [{ image: 'web' }]).allowFrom(world.client)).toThrow('calls to \'web\' need ports in a Linkerd mesh, ' +
      'where policies are about ports that containers declare, got none: pass ports, or declare them in the containers before calls are allowed');
  });

  test('says a client of the own namespace without it', () => {
    const world = new World();
    world.workload().allowFrom(world.workload('cart'));
    expect(world.objects('MeshTLSAuthentication')[0].spec).toEqual({ identityRefs: [{ kind: 'ServiceAccount', name: 'cart' }] });
  });

  test('knows no hosts', () => {
    const world = new World();
    expect(() => world.workload().allowFrom(world.client, { hosts: ['web.example.com'] }))
      .toThrow('calls to \'web\' cannot be told apart by host in a Linkerd mesh, got web.example.com: allow methods or paths');
  });

  test('knows clients of its own trust domain', () => {
    const world = new World();
    const client = MeshClient.inTrustDomain('elsewhere.example.com', world.other);
    expect(() => world.workload().allowFrom(client)).toThrow('calls to \'web\' are allowed to clients of the own trust domain in a Linkerd mesh, ' +
      'got one of \'elsewhere.example.com\': make a LinkerdMeshTlsAuthentication with LinkerdIdentities.named, and a policy for it');
    expect(() => world.workload('cart').allowFrom(MeshClient.inTrustDomain('cluster.local', world.other))).not.toThrow();
  });
});

describe('methods and paths in a Linkerd mesh', () => {
  test('are routes of the Server, with a policy each', () => {
    // WHEN
    const world = allowed(['client', { methods: ['GET'], paths: ['/api/*'] }]);

    // THEN
    const [route] = world.objects('HTTPRoute').filter(({ metadata: { name } }) => name === 'web-8080-get-api-all');
    expect(route.spec).toEqual({
      parentRefs: [{ group: 'policy.linkerd.io', kind: 'Server', name: 'web-8080' }],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/api' }, method: 'GET' }] }],
    });
    expect(world.objects('AuthorizationPolicy').map(({ metadata: { name }, spec: { targetRef } }) => [name, targetRef])).toEqual([
      ['web-8080-get-api-all', { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web-8080-get-api-all' }],
    ]);
    expect(world.letIn('Server', 'web-8080')).toEqual([]);
  });

  test('below a path are not the path itself, which a prefix of Gateway API is', () => {
    expect(allowed(['client', { paths: ['/api/*'] }]).routes()).toEqual({ 'ANY PathPrefix /api': ['other/client'], 'ANY Exact /api': [] });
  });

  test('may be any path', () => {
    expect(allowed(['a', { methods: ['GET'], paths: ['*'] }], ['b', { methods: ['GET', 'POST'] }]).routes())
      .toEqual({ 'GET PathPrefix /': ['other/a', 'other/b'], 'POST PathPrefix /': ['other/b'] });
  });

  test('of several clients have a route for what they share', () => {
    // What is more specific wins, so whoever may ask for more is let in there as well.
    expect(allowed(['reader', { methods: ['GET'] }], ['admin', { paths: ['/admin/*'] }], ['all', {}]).routes()).toEqual({
      'GET PathPrefix /': ['other/reader', 'other/all'],
      'ANY PathPrefix /admin': ['other/admin', 'other/all'],
      'ANY Exact /admin': ['other/all'],
      'GET PathPrefix /admin': ['other/reader', 'other/admin', 'other/all'],
      'GET Exact /admin': ['other/reader', 'other/all'],
      'ANY PathPrefix /': ['other/all'],
    });
  });

  test('do not depend on the order of calls', () => {
    const calls: [string, AllowOptions][] = [['a', { paths: ['/x/*'] }], ['b', {}], ['c', { methods: ['GET'], paths: ['/x/y', '/z'] }]];
    const sorted = (routes: { [match: string]: string[] }) => Object.entries(routes).map(([match, clients]) => `${match} ${clients.sort().join()}`).sort();
    expect(sorted(allowed(...calls).routes())).toEqual(sorted(allowed(...calls.reverse()).routes()));
    expect(allowed(...calls).routes()).toMatchObject({ 'GET Exact /x/y': ['other/c', 'other/b', 'other/a'] });
  });

  test('leave a client of everything its policy of the Server', () => {
    const world = allowed(['all', {}], ['reader', { methods: ['GET'] }]);
    expect(world.letIn('Server', 'web-8080')).toEqual(['other/all']);
    expect(world.routes()).toEqual({ 'ANY PathPrefix /': ['other/all'], 'GET PathPrefix /': ['other/all', 'other/reader'] });
  });

  test('let the kubelet in at the paths of probes, which routes would refuse', () => {
    // GIVEN
    const world = new World();
    const web = world.workload('web', [{
      ...HTTP,
      liveness: Probe.fromHttpGet('/live?full=1', { port: 8080 }),
      readiness: Probe.fromHttpGet('/ready', { port: 8080 }),
      startup: Probe.fromTcpSocket({ port: 8080 }),
    }, { image: 'other', name: 'other', ports: [{ number: 9000, name: 'admin' }], liveness: Probe.fromHttpGet('/elsewhere', { port: 9000 }) }]);

    // WHEN
    web.allowFrom(world.client, { ports: [8080], paths: ['/api'] });

    // THEN
    expect(world.routes()).toEqual({ 'GET Exact /live': ['everybody'], 'GET Exact /ready': ['everybody'], 'ANY Exact /api': ['other/client'] });
    expect(world.objects('AuthorizationPolicy').map(({ metadata: { name } }) => name)).toContain('web-8080-get-ready-everybody');
  });

  test('keep names apart that read alike', () => {
    const names = allowed(['client', { paths: ['/a-b', '/a/b', '/A/b', '/'] }]).objects('HTTPRoute').map(({ metadata: { name } }) => name);
    expect(names).toEqual(['web-8080-any-a-b', 'web-8080-any-a-b-2', 'web-8080-any-a-b-3', 'web-8080-any-root']);
  });

  test.each([
    [{ paths: ['/api*'] }, 'paths of a call to workload \'web\' must be exact or end with \'/*\' in a Linkerd mesh, got \'/api*\''],
    [{ paths: ['*/info'] }, 'got \'*/info\''],
    [{ paths: ['/a/{*}/b'] }, 'got \'/a/{*}/b\''],
    [{ methods: ['PURGE'] }, 'methods of a call to workload \'web\' must be among GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH in a Linkerd mesh, got \'PURGE\''],
  ])('are refused when a route cannot say them: %j', (options, message) => {
    expect(() => allowed(['client', options])).toThrow(message);
  });
});

describe('a closed namespace of a Linkerd mesh', () => {
  test('shares the Server of pods among patterns', () => {
    // GIVEN
    const world = new World();
    const web = world.workload('web', [{ image: 'web', ports: [{ number: 8080 }, { number: 9090 }] }]);

    // WHEN
    world.shop.allowMonitoring(world.client, { ports: [9090] });
    web.allowFrom(world.other);

    // THEN
    expect(world.objects('Server').map(({ metadata: { name } }) => name).sort()).toEqual(['web-8080', 'web-9090']);
    expect(world.routes()).toEqual({ 'GET Exact /metrics': ['other/client', 'other'], 'ANY PathPrefix /': ['other'] });
  });

  test('lets monitoring in to workloads that are known later', () => {
    const world = new World();
    world.shop.close();
    world.shop.allowMonitoring(world.client, { ports: [8080] });
    world.workload();
    expect(world.routes()).toEqual({ 'GET Exact /metrics': ['other/client'] });
  });

  test('refuses monitoring of no workload at all', () => {
    const world = new World();
    world.shop.close();
    world.shop.allowMonitoring(world.client, { ports: [9999] });
    world.workload();
    expect(() => world.chart.node.root.node.validate()).not.toThrow();
    expect(world.chart.node.findAll().flatMap(({ node }) => node.validate())).toContainEqual(
      expect.stringContaining('of namespace \'shop\' is about no workload: in a Linkerd mesh it is for those that are a MeshWorkload, whose containers declare port 9999'));
  });

  test('of others must be known to be closed', () => {
    // GIVEN
    const world = new World();
    const deny = { 'config.linkerd.io/default-inbound-policy': 'deny' };
    const open = MeshNamespace.fromNamespaceName(world.chart, 'Open', 'open', { mesh: world.mesh });
    const closed = MeshNamespace.fromNamespaceName(world.chart, 'Closed', 'closed', { mesh: world.mesh, annotations: deny });

    // WHEN
    world.workload('db', [HTTP], closed).allowFrom(world.client);

    // THEN
    expect(world.objects('Server').map(({ metadata: { name } }) => name)).toEqual(['db-8080']);
    expect(() => world.workload('cache', [HTTP], open).allowFrom(world.client)).toThrow('namespace \'open\' is made by others, and is not known to have ' +
      '\'config.linkerd.io/default-inbound-policy: deny\' for a closed namespace: have them set it, and pass it in annotations');
  });

  test('lives beside one of another app', () => {
    expect(allowed(['a', {}]).objects('Server')).toHaveLength(1);
    expect(allowed(['a', {}]).objects('Server')).toHaveLength(1);
  });
});
