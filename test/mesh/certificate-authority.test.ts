import { App, Chart, Duration, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  CaSecretFormat, CertManagerIssuer, ControlPlane, DataPlane, IstioCertificateAuthority, IstioChart, IstioMesh, IstioMeshProps, IstioNetwork,
  LinkerdIdentity, LinkerdMesh, LinkerdTrustRoots, ManagedChannel, MeshCaCertificate, MeshCluster,
} from '../../src';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const ISSUER = CertManagerIssuer.clusterIssuer('mesh-root');

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const istio = (certificateAuthority?: IstioCertificateAuthority, props: IstioMeshProps = {}) => new IstioMesh(chart, 'Mesh', { certificateAuthority, ...props });
const cacerts = () => Secret.fromSecretName(chart, 'CaCerts', 'cacerts');
/** What values say of certificates. */
const istiod = (mesh: IstioMesh) => {
  const { env, global: { istioNamespace, ...others } } = mesh.helmValues(IstioChart.ISTIOD);
  return { env, ...others };
};

describe('istiod as the root', () => {
  test('needs nothing to be said', () => {
    const mesh = istio();
    expect([istiod(mesh), mesh.providedSecrets]).toEqual([{}, []]);
    expect(mesh.helmValues(IstioChart.ISTIOD)).not.toHaveProperty('env');
  });

  test('with its times and its key', () => {
    const authority = IstioCertificateAuthority.selfSigned({
      rootTtl: Duration.days(365), rsaKeySize: 4096, defaultWorkloadCertTtl: Duration.hours(1), maxWorkloadCertTtl: Duration.hours(12),
    });
    expect(istiod(istio(authority)).env).toEqual({
      CITADEL_SELF_SIGNED_CA_CERT_TTL: '8760h',
      CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE: '4096',
      DEFAULT_WORKLOAD_CERT_TTL: '1h',
      MAX_WORKLOAD_CERT_TTL: '12h',
    });
  });

  test('with other variables beside', () => {
    const mesh = istio(IstioCertificateAuthority.selfSigned({ rsaKeySize: 3072 }));
    expect(mesh.helmValues(IstioChart.ISTIOD, { env: { EXAMPLE: 'yes' } }).env).toEqual({ EXAMPLE: 'yes', CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE: '3072' });
  });

  test('not with variables that say something else', () => {
    const mesh = istio(IstioCertificateAuthority.selfSigned({ rsaKeySize: 3072 }));
    expect(() => mesh.helmValues(IstioChart.ISTIOD, { env: { CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE: '2048' } })).toThrow(
      "options of chart 'istiod' say env.CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE: \"2048\", which the authority of the mesh says: leave it out");
  });

  test('not with a short key, or times that are none', () => {
    expect(() => IstioCertificateAuthority.selfSigned({ rsaKeySize: 1024 })).toThrow('rsaKeySize of a root must be a whole number, at least 2048, got 1024');
    expect(() => IstioCertificateAuthority.selfSigned({ defaultWorkloadCertTtl: Duration.days(91) })).toThrow(
      'defaultWorkloadCertTtl must be at least 1s and at most maxWorkloadCertTtl, 2160h, got 2184h');
    expect(() => IstioCertificateAuthority.selfSigned({ maxWorkloadCertTtl: Duration.hours(1) })).toThrow(
      'defaultWorkloadCertTtl must be at least 1s and at most maxWorkloadCertTtl, 1h, got 24h');
  });
});

describe('an authority that is plugged in', () => {
  test('is in a Secret that others provide', () => {
    const mesh = istio(IstioCertificateAuthority.pluggedIn(cacerts(), { maxWorkloadCertTtl: Duration.days(1) }), { rootNamespace: 'mesh' });
    expect(istiod(mesh).env).toEqual({ MAX_WORKLOAD_CERT_TTL: '24h' });
    expect(mesh.providedSecrets).toEqual([{
      namespace: 'mesh',
      name: 'cacerts',
      type: 'Opaque',
      keys: {
        'ca-cert.pem': 'the certificate with which istiod signs',
        'ca-key.pem': 'its private key',
        'cert-chain.pem': 'that certificate and all up to the root',
        'root-cert.pem': 'the root that workloads trust, the same in all clusters of the mesh',
      },
    }]);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('may have the layout of Kubernetes', () => {
    const [{ type, keys }] = istio(IstioCertificateAuthority.pluggedIn(cacerts(), { format: CaSecretFormat.TLS })).providedSecrets;
    expect([type, Object.keys(keys)]).toEqual(['kubernetes.io/tls', ['tls.crt', 'tls.key', 'ca.crt']]);
  });

  test('is never in the app', () => {
    const secret = new Secret(chart, 'Bad', { metadata: { name: 'cacerts' }, stringData: { 'ca-key.pem': 'secret' } });
    expect(() => IstioCertificateAuthority.pluggedIn(secret)).toThrow(
      "secret 'cacerts' is written by this app, so that the key of the mesh would lie in Git: have an operator provide it, and pass Secret.fromSecretName");
  });

  test('has the name that istiod reads', () => {
    expect(() => IstioCertificateAuthority.pluggedIn(Secret.fromSecretName(chart, 'Other', 'ca'))).toThrow(
      "istiod reads its authority from the Secret 'cacerts', got 'ca': give it that name");
  });
});

describe('an authority that cert-manager makes', () => {
  test('is a Certificate for istiod', () => {
    const mesh = istio(IstioCertificateAuthority.certManager(ISSUER), { trustDomain: 'shop.example' });
    const certificate = mesh.issueCertificateAuthority(chart, 'CaCerts');
    expect(certificate.name).toBe('cacerts');
    expect(Testing.synth(chart)[0]).toMatchObject({
      kind: 'Certificate',
      metadata: { name: 'cacerts', namespace: 'istio-system', labels: { 'app.kubernetes.io/component': 'mesh-authority' } },
      spec: {
        secretName: 'cacerts',
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'mesh-root' },
        isCA: true,
        commonName: 'istiod.istio-system',
        subject: { organizations: ['shop.example'] },
        duration: '2160h',
        renewBefore: '720h',
        usages: ['digital signature', 'cert sign', 'crl sign'],
      },
    });
    expect([mesh.providedSecrets, istiod(mesh)]).toEqual([[], {}]);
  });

  test('with its times', () => {
    const options = { duration: Duration.days(30), renewBefore: Duration.days(10), defaultWorkloadCertTtl: Duration.hours(2) };
    const mesh = istio(IstioCertificateAuthority.certManager(ISSUER, options));
    mesh.issueCertificateAuthority(chart, 'CaCerts');
    expect(Testing.synth(chart)[0].spec).toMatchObject({ duration: '720h', renewBefore: '240h' });
    expect(istiod(mesh).env).toEqual({ DEFAULT_WORKLOAD_CERT_TTL: '2h' });
  });

  test('is not made for another authority', () => {
    expect(() => istio().issueCertificateAuthority(chart, 'CaCerts')).toThrow(
      'the authority of the mesh is a self-signed root, for which no Certificate is made: pass IstioCertificateAuthority.certManager(issuer) to the mesh');
  });
});

describe('istio-csr', () => {
  test('signs in place of istiod, and of ztunnel too', () => {
    const mesh = istio(IstioCertificateAuthority.istioCsr(ISSUER), { dataPlane: DataPlane.AMBIENT });
    expect(istiod(mesh)).toEqual({ env: { ENABLE_CA_SERVER: 'false' }, caAddress: 'cert-manager-istio-csr.cert-manager.svc:443' });
    expect(mesh.helmValues(IstioChart.ZTUNNEL).caAddress).toBe('cert-manager-istio-csr.cert-manager.svc:443');
    expect(mesh.helmValues(IstioChart.CNI)).not.toHaveProperty('caAddress');
    expect(mesh.istioCsrValues()).toEqual({
      app: {
        certmanager: { namespace: 'istio-system', issuer: { name: 'mesh-root', kind: 'ClusterIssuer', group: 'cert-manager.io' } },
        istio: { namespace: 'istio-system', revisions: ['default'] },
        tls: { trustDomain: 'cluster.local', certificateDNSNames: ['cert-manager-istio-csr.cert-manager.svc'] },
        server: { caTrustedNodeAccounts: 'istio-system/ztunnel' },
      },
    });
  });

  test('knows both revisions of an upgrade and a root of its own', () => {
    const authority = IstioCertificateAuthority.istioCsr(CertManagerIssuer.issuer('mesh'), {
      namespace: 'issuing', rootCaSecretName: 'mesh-root', maxCertificateDuration: Duration.hours(4),
    });
    const mesh = istio(authority, {
      trustDomain: 'shop.example', rootNamespace: 'mesh', controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31') },
    });
    expect(mesh.istioCsrValues()).toEqual({
      app: {
        certmanager: { namespace: 'mesh', issuer: { name: 'mesh', kind: 'Issuer', group: 'cert-manager.io' } },
        istio: { namespace: 'mesh', revisions: ['1-30', '1-31'] },
        tls: {
          trustDomain: 'shop.example', certificateDNSNames: ['cert-manager-istio-csr.issuing.svc'], rootCAFile: '/var/run/secrets/istio-csr/ca.pem',
        },
        server: { maxCertificateDuration: '4h' },
      },
      volumes: [{ name: 'root-ca', secret: { secretName: 'mesh-root' } }],
      volumeMounts: [{ name: 'root-ca', mountPath: '/var/run/secrets/istio-csr', readOnly: true }],
    });
    expect(mesh.providedSecrets).toEqual([
      { namespace: 'issuing', name: 'mesh-root', type: 'Opaque', keys: { 'ca.pem': 'the root that workloads trust, without its key' } },
    ]);
  });

  test('needs no Secret without a root of its own', () => {
    expect(istio(IstioCertificateAuthority.istioCsr(ISSUER)).providedSecrets).toEqual([]);
  });

  test('knows the name of the cluster as the charts do', () => {
    const mesh = new MeshCluster(chart, 'Mesh', {
      clusterName: 'east', network: IstioNetwork.of('net1'), dataPlane: DataPlane.AMBIENT, certificateAuthority: IstioCertificateAuthority.istioCsr(ISSUER),
    });
    expect(mesh.istioCsrValues().app.server.clusterID).toBe('east');
    expect(mesh.helmValues(IstioChart.ISTIOD).global.multiCluster).toEqual({ clusterName: 'east' });
    expect(mesh.helmValues(IstioChart.ZTUNNEL).multiCluster).toEqual({ clusterName: 'east' });
  });

  test('is not told another name than the charts', () => {
    const mesh = istio(IstioCertificateAuthority.istioCsr(ISSUER), { dataPlane: DataPlane.AMBIENT });
    const message = (name: string) =>
      `istio-csr would refuse the proxies of cluster 'west', of which only the chart '${name}' is told: use a MeshCluster with clusterName: 'west'`;
    expect(() => mesh.helmValues(IstioChart.ISTIOD, { clusterName: 'west' })).toThrow(message('istiod'));
    expect(() => mesh.helmValues(IstioChart.ZTUNNEL, { values: { ztunnel: { multiCluster: { clusterName: 'west' } } } })).toThrow(message('ztunnel'));
    expect(mesh.helmValues(IstioChart.ISTIOD, { clusterName: 'Kubernetes' }).global.multiCluster).toEqual({ clusterName: 'Kubernetes' });
    expect(mesh.helmValues(IstioChart.CNI, { clusterName: 'west' })).not.toHaveProperty('multiCluster');
  });

  test('is not asked for by another authority', () => {
    expect(() => istio().istioCsrValues()).toThrow(
      'the authority of the mesh is a self-signed root, which needs no istio-csr: pass IstioCertificateAuthority.istioCsr(issuer) to the mesh');
  });

  test('signs for an hour at least, and has names that are some', () => {
    expect(() => IstioCertificateAuthority.istioCsr(ISSUER, { maxCertificateDuration: Duration.minutes(30) })).toThrow(
      'maxCertificateDuration of istio-csr must be at least 1h, got 30m: cert-manager signs none that is shorter');
    expect(() => IstioCertificateAuthority.istioCsr(ISSUER, { namespace: 'A' })).toThrow('namespace of istio-csr must be a DNS label');
    expect(() => IstioCertificateAuthority.istioCsr(ISSUER, { rootCaSecretName: 'A' })).toThrow('Secret of the root must be a DNS subdomain');
  });

  test('is not told otherwise by free values', () => {
    const mesh = istio(IstioCertificateAuthority.istioCsr(ISSUER));
    expect(() => mesh.helmValues(IstioChart.ISTIOD, { values: { istiod: { global: { caAddress: 'elsewhere:443' } } } })).toThrow(
      "values of chart 'istiod' say global.caAddress: \"elsewhere:443\", and the mesh says \"cert-manager-istio-csr.cert-manager.svc:443\": say it once, on the mesh");
  });
});

describe('a signer of the Kubernetes API', () => {
  const SIGNER = IstioCertificateAuthority.kubernetesSigner('clusterissuers.cert-manager.io', 'istio-system');

  test('is known to istiod and to proxies, and so is its root', () => {
    const caCertificates = [MeshCaCertificate.pem(PEM, { certSigners: ['clusterissuers.cert-manager.io/istio-system'] })];
    const mesh = istio(SIGNER, { caCertificates, defaultConfig: { proxyMetadata: { EXAMPLE: 'yes' } } });
    expect(istiod(mesh)).toEqual({
      env: { EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API', CERT_SIGNER_DOMAIN: 'clusterissuers.cert-manager.io' },
      pilotCertProvider: 'k8s.io/clusterissuers.cert-manager.io/istio-system',
      certSigners: ['clusterissuers.cert-manager.io/istio-system'],
    });
    expect(mesh.meshConfig).toMatchObject({
      defaultConfig: { proxyMetadata: { EXAMPLE: 'yes', ISTIO_META_CERT_SIGNER: 'istio-system' } },
      caCertificates: [{ pem: PEM, certSigners: ['clusterissuers.cert-manager.io/istio-system'] }],
    });
  });

  test('needs its root', () => {
    expect(() => istio(SIGNER)).toThrow("workloads cannot know the root of signer 'clusterissuers.cert-manager.io/istio-system': " +
      'pass caCertificates: [MeshCaCertificate.pem(root, { certSigners: [...] })] to the mesh');
  });

  test('has a name', () => {
    expect(() => IstioCertificateAuthority.kubernetesSigner('a/b', 'c')).toThrow('domain of the signer must be a DNS subdomain');
    expect(() => IstioCertificateAuthority.kubernetesSigner('a.b', 'C')).toThrow('signer must be a DNS subdomain');
  });
});

test('the provider of a managed control plane signs', () => {
  expect(() => istio(IstioCertificateAuthority.selfSigned(), { controlPlane: ControlPlane.managed(ManagedChannel.RAPID) })).toThrow(
    "the provider of 'asm-managed-rapid' signs the certificates of its mesh, got a certificateAuthority: leave it out");
});

describe('who signs in Linkerd', () => {
  const linkerd = (identity?: LinkerdIdentity) => new LinkerdMesh(chart, 'Mesh', { identity, trustDomain: 'shop.example' });

  test('an identity issuer that others provide', () => {
    const mesh = linkerd(LinkerdIdentity.provided(LinkerdTrustRoots.pem(PEM)));
    expect(mesh.helmValues()).toEqual({
      identityTrustDomain: 'shop.example', identityTrustAnchorsPEM: PEM, identity: { externalCA: false, issuer: { scheme: 'kubernetes.io/tls' } },
    });
    expect(mesh.providedSecrets).toEqual([{
      namespace: 'linkerd',
      name: 'linkerd-identity-issuer',
      type: 'kubernetes.io/tls',
      keys: {
        'tls.crt': 'the certificate that signs those of proxies',
        'tls.key': 'its private key, ECDSA P-256',
        'ca.crt': 'the root that signed it, which is in linkerd-identity-trust-roots',
      },
    }]);
    expect(() => mesh.issueIdentityIssuer(chart, 'Issuer')).toThrow(
      'the Secret linkerd-identity-issuer is provided by others, so that no Certificate is made: pass LinkerdIdentity.certManager(issuer, trustRoots) to the mesh');
  });

  test('an identity issuer that cert-manager makes', () => {
    const mesh = linkerd(LinkerdIdentity.certManager(CertManagerIssuer.issuer('linkerd-trust-anchor'), LinkerdTrustRoots.configMap()));
    mesh.issueIdentityIssuer(chart, 'Issuer');
    expect(mesh.helmValues()).toEqual({ identityTrustDomain: 'shop.example', identity: { externalCA: true, issuer: { scheme: 'kubernetes.io/tls' } } });
    expect(mesh.providedSecrets).toEqual([]);
    expect(Testing.synth(chart)[0]).toMatchObject({
      kind: 'Certificate',
      metadata: { name: 'linkerd-identity-issuer', namespace: 'linkerd' },
      spec: {
        secretName: 'linkerd-identity-issuer',
        issuerRef: { kind: 'Issuer', name: 'linkerd-trust-anchor' },
        isCA: true,
        commonName: 'identity.linkerd.shop.example',
        dnsNames: ['identity.linkerd.shop.example'],
        duration: '48h',
        renewBefore: '25h',
        privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Always' },
        usages: ['cert sign', 'crl sign', 'server auth', 'client auth'],
      },
    });
  });

  test('for the times that are asked for', () => {
    const options = { duration: Duration.days(2), renewBefore: Duration.hours(30) };
    linkerd(LinkerdIdentity.certManager(ISSUER, LinkerdTrustRoots.configMap(), options)).issueIdentityIssuer(chart, 'Issuer');
    expect(Testing.synth(chart)[0].spec).toMatchObject({ duration: '48h', renewBefore: '30h' });
  });

  test('nobody whom the app knows', () => {
    const mesh = linkerd();
    expect(mesh.providedSecrets).toEqual([]);
    expect(() => mesh.helmValues()).toThrow('helmValues needs to know who signs certificates: pass identity: LinkerdIdentity.certManager(issuer, trustRoots) to the mesh');
    expect(() => mesh.issueIdentityIssuer(chart, 'Issuer')).toThrow('issueIdentityIssuer needs to know who signs certificates');
  });

  test('never by a private key in the app', () => {
    expect(() => LinkerdTrustRoots.pem(`${PEM}-----BEGIN EC PRIVATE KEY-----`)).toThrow(
      'roots that proxies trust must be certificates alone, got a private key: it must never be in the app');
    expect(() => LinkerdTrustRoots.pem('trust me')).toThrow('roots that proxies trust must be certificates as PEM, got none');
  });
});
