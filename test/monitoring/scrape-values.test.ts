import { App, Chart } from 'cdk8s';
import { ConfigMap, Deployment, LabelExpression, Secret, Service } from 'cdk8s-plus-28';
import { MonitorNamespaces } from '../../src/monitoring/monitor-namespaces';
import { MonitorSelector } from '../../src/monitoring/monitor-selector';
import { ScrapeAuth } from '../../src/monitoring/scrape-auth';
import { ScrapeProxy } from '../../src/monitoring/scrape-proxy';
import { ScrapeSecret, ScrapeText } from '../../src/monitoring/scrape-secret';
import { ScrapeTlsVersion } from '../../src/monitoring/scrape-tls';
import { serviceTlsToKube, tlsToKube } from '../../src/monitoring/scrape-tls-spec';

const chart = new Chart(new App(), 'test');
const secret = Secret.fromSecretName(chart, 'Secret', 'scrape');
const configMap = ConfigMap.fromConfigMapName(chart, 'ConfigMap', 'ca');
const user = ScrapeSecret.key(secret, 'user');
const password = ScrapeSecret.key(secret, 'password', { optional: true });

describe('who Prometheus is', () => {
  test('a user with a password', () => {
    expect(ScrapeAuth.basic(user, password)._toKube()).toEqual({
      basicAuth: { username: { name: 'scrape', key: 'user' }, password: { name: 'scrape', key: 'password', optional: true } },
    });
  });

  test('a token', () => {
    expect(ScrapeAuth.bearer(user)._toKube()).toEqual({ authorization: { credentials: { name: 'scrape', key: 'user' } } });
  });

  test('credentials of another type', () => {
    expect(ScrapeAuth.authorization('Digest', user)._toKube()).toEqual({ authorization: { type: 'Digest', credentials: { name: 'scrape', key: 'user' } } });
  });

  test('OAuth2, with all that there is', () => {
    const auth = ScrapeAuth.oauth2({
      clientId: ScrapeText.configMap(configMap, 'id'),
      clientSecret: password,
      tokenUrl: 'https://login.example.com/token',
      scopes: ['metrics'],
      endpointParams: { audience: 'mesh' },
      tls: { serverName: 'login' },
      proxy: ScrapeProxy.url('http://proxy:3128'),
    });
    expect(auth._toKube()).toEqual({
      oauth2: {
        clientId: { configMap: { name: 'ca', key: 'id' } },
        clientSecret: { name: 'scrape', key: 'password', optional: true },
        tokenUrl: 'https://login.example.com/token',
        scopes: ['metrics'],
        endpointParams: { audience: 'mesh' },
        tlsConfig: { serverName: 'login' },
        proxyUrl: 'http://proxy:3128',
      },
    });
  });

  test.each(['', ' basic', 'Basic'])("type '%s' is refused", type => {
    expect(() => ScrapeAuth.authorization(type, user)).toThrow(
      new Error(`type of an authorization must be a word other than Basic, got '${type}': use ScrapeAuth.basic for a user and a password`));
  });

  test('a token URL that is none is refused', () => {
    expect(() => ScrapeAuth.oauth2({ clientId: ScrapeText.secret(secret, 'id'), clientSecret: user, tokenUrl: 'login' })).toThrow(
      new Error("tokenUrl of OAuth2 must start with http:// or https://, got 'login'"));
  });

  test('a key without a name is refused', () => {
    expect(() => ScrapeText.secret(secret, '')).toThrow(new Error("key of 'scrape' must not be empty: name the key that holds the value"));
  });
});

describe('TLS', () => {
  test('with all that there is', () => {
    expect(tlsToKube({
      ca: ScrapeText.configMap(configMap, 'ca.crt', { optional: true }),
      clientCertificate: { certificate: ScrapeText.secret(secret, 'tls.crt'), key: ScrapeSecret.key(secret, 'tls.key') },
      serverName: 'web',
      insecureSkipVerify: false,
      minVersion: ScrapeTlsVersion.TLS12,
      maxVersion: ScrapeTlsVersion.TLS13,
    })).toEqual({
      ca: { configMap: { name: 'ca', key: 'ca.crt', optional: true } },
      cert: { secret: { name: 'scrape', key: 'tls.crt' } },
      keySecret: { name: 'scrape', key: 'tls.key' },
      serverName: 'web',
      insecureSkipVerify: false,
      minVersion: 'TLS12',
      maxVersion: 'TLS13',
    });
  });

  test('with files, for Services', () => {
    expect(serviceTlsToKube({ caFile: '/etc/ca.pem', clientCertificateFiles: { certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' } })).toEqual({
      caFile: '/etc/ca.pem', certFile: '/etc/cert.pem', keyFile: '/etc/key.pem',
    });
  });

  const certificate = { certificate: ScrapeText.secret(secret, 'tls.crt'), key: user };
  test.each([
    ['versions upside down', { minVersion: ScrapeTlsVersion.TLS13, maxVersion: ScrapeTlsVersion.TLS12 }, 'maxVersion of TLS must not be below minVersion TLS13, got TLS12'],
    ['two authorities', { ca: ScrapeText.secret(secret, 'ca'), caFile: '/ca' }, "TLS of a scrape takes ca or caFile, got both, with '/ca': pass one"],
    ['two certificates', { clientCertificate: certificate, clientCertificateFiles: { certFile: '/cert', keyFile: '/key' } },
      "TLS of a scrape takes clientCertificate or clientCertificateFiles, got both, with '/cert': pass one"],
    ['a file without a name', { clientCertificateFiles: { certFile: '/cert', keyFile: '' } },
      'keyFile of a scrape must not be empty: name a file in the container of Prometheus'],
  ])('%s are refused', (_, tls, message) => {
    expect(() => serviceTlsToKube(tls)).toThrow(new Error(message));
  });
});

describe('the proxy', () => {
  test('at an address', () => {
    expect(ScrapeProxy.url('socks5://proxy:1080', { noProxy: ['10.0.0.0/8', '.svc'], connectHeaders: { 'Proxy-Authorization': [user] } })._toKube()).toEqual({
      proxyUrl: 'socks5://proxy:1080', noProxy: '10.0.0.0/8,.svc', proxyConnectHeader: { 'Proxy-Authorization': [{ name: 'scrape', key: 'user' }] },
    });
  });

  test('of the environment', () => {
    expect(ScrapeProxy.environment({ connectHeaders: { x: [user] } })._toKube()).toEqual({
      proxyFromEnvironment: true, proxyConnectHeader: { x: [{ name: 'scrape', key: 'user' }] },
    });
  });

  test.each([
    ['an address without a scheme', () => ScrapeProxy.url('proxy:80'), "URL of a proxy must start with http://, https:// or socks5://, got 'proxy:80'"],
    ['no exceptions', () => ScrapeProxy.url('http://proxy', { noProxy: [] }), 'noProxy of a proxy must name something, got none: leave it out'],
    ['a header without a value', () => ScrapeProxy.environment({ connectHeaders: { x: [] } }), "header 'x' for a proxy needs at least one value, got none"],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('what is selected', () => {
  test.each([
    ['all', MonitorSelector.all(), {}],
    ['by labels', MonitorSelector.labels({ app: 'web' }), { matchLabels: { app: 'web' } }],
    ['by expressions', MonitorSelector.labels({}, LabelExpression.in('tier', ['a', 'b']), LabelExpression.doesNotExist('quiet')),
      { matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }, { key: 'quiet', operator: 'DoesNotExist' }] }],
    ['a Service', MonitorSelector.service(new Service(chart, 'Web', { metadata: { labels: { app: 'web' } }, ports: [{ port: 80 }] })), { matchLabels: { app: 'web' } }],
  ])('%s', (_, selector, expected) => {
    expect(selector._toKube()).toEqual(expected);
  });

  test('the pods of a workload', () => {
    const web = new Deployment(chart, 'Deployment', { containers: [{ image: 'web' }] });
    expect(MonitorSelector.workload(web)._toKube()).toEqual({ matchLabels: web.matchLabels });
    expect(() => MonitorSelector.workload(new Deployment(chart, 'Nothing', { select: false }))).toThrow(
      new Error('a selector needs a label or an expression, got none: use MonitorSelector.all() to mean all'));
  });

  test.each([
    ['nothing', () => MonitorSelector.labels({}), 'a selector needs a label or an expression, got none: use MonitorSelector.all() to mean all'],
    ['a key that is none', () => MonitorSelector.labels({ 'a b': 'c' }),
      "label of a selector must be a name of at most 63 letters, digits and inner -_., optionally after a domain and a slash, got 'a b'"],
    ['a value that is none', () => MonitorSelector.labels({ a: 'b c' }), "value of label 'a' of a selector must be at most 63 letters, digits and inner -_., got 'b c'"],
    ['a choice of nothing', () => MonitorSelector.labels({}, LabelExpression.in('a', [])), "an expression about label 'a' needs at least one value, got none"],
    ['a choice of what is no value', () => MonitorSelector.labels({}, LabelExpression.in('a', ['-'])),
      "value of label 'a' of a selector must be at most 63 letters, digits and inner -_., got '-'"],
    ['a Service without labels', () => MonitorSelector.service(new Service(chart, 'Bare', { metadata: { name: 'bare' }, ports: [{ port: 80 }] })),
      "Service 'bare' has no labels to select it by: pass labels in its metadata"],
    ['no namespaces', () => MonitorNamespaces.named(), 'namespaces of a monitor need at least one name, got none: leave namespaces out to mean its own'],
    ['a namespace twice', () => MonitorNamespaces.named('a', 'a'), "namespaces of a monitor must differ from each other, got 'a' twice: leave one out"],
    ['a namespace that is none', () => MonitorNamespaces.named('A'), "namespace of a monitor must be a DNS label (lower case letters, digits and inner dashes), got 'A'"],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
