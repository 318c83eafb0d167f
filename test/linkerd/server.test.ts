import { Testing } from 'cdk8s';
import { Deployment, LabelExpression, LabelSelector, Protocol } from 'cdk8s-plus-28';
import { LinkerdAccessPolicy, LinkerdPort, LinkerdProxyProtocol, LinkerdServer, LinkerdServerProps, LinkerdServerSelector } from '../../src';

const metadata = { name: 'web-http', namespace: 'shop' };
const selector = LinkerdServerSelector.pods({ app: 'web' });

function spec(props: Partial<LinkerdServerProps>): unknown {
  const chart = Testing.chart();
  new LinkerdServer(chart, 'Server', { metadata, selector, port: LinkerdPort.named('http'), ...props });
  return Testing.synth(chart)[0].spec;
}

describe('a Server', () => {
  test('writes what it is given and nothing else', () => {
    // GIVEN
    const chart = Testing.chart();

    // WHEN
    new LinkerdServer(chart, 'Server', { metadata, selector, port: LinkerdPort.number(8080) });

    // THEN
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata,
      spec: { podSelector: { matchLabels: { app: 'web' } }, port: 8080 },
    }]);
  });

  test('says what is spoken and who may connect', () => {
    expect(spec({ proxyProtocol: LinkerdProxyProtocol.HTTP_1, accessPolicy: LinkerdAccessPolicy.ALL_UNAUTHENTICATED })).toEqual({
      podSelector: { matchLabels: { app: 'web' } }, port: 'http', proxyProtocol: 'HTTP/1', accessPolicy: 'all-unauthenticated',
    });
  });

  test.each([
    ['labels and expressions', LinkerdServerSelector.pods({ app: 'web' }, LabelExpression.in('tier', ['a', 'b']), LabelExpression.exists('team')), {
      podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }, { key: 'team', operator: 'Exists' }] },
    }],
    ['expressions alone', LinkerdServerSelector.pods({}, LabelExpression.notIn('tier', ['a'])), {
      podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['a'] }] },
    }],
    ['all pods', LinkerdServerSelector.allPods(), { podSelector: {} }],
    ['machines', LinkerdServerSelector.externalWorkloads({ app: 'db' }), { externalWorkloadSelector: { matchLabels: { app: 'db' } } }],
    ['all machines', LinkerdServerSelector.allExternalWorkloads(), { externalWorkloadSelector: {} }],
  ])('selects %s', (_, selected, expected) => {
    expect(spec({ selector: selected })).toEqual({ ...expected, port: 'http' });
  });

  test.each([
    ['a selector of pods needs a label or an expression', () => LinkerdServerSelector.pods({})],
    ['a selector of ExternalWorkloads needs a label or an expression', () => LinkerdServerSelector.externalWorkloads({})],
    ['value of label \'app\' of pods must be', () => LinkerdServerSelector.pods({ app: 'a b' })],
    ['label of pods must be', () => LinkerdServerSelector.pods({ 'a b': 'x' })],
    ['an expression about label \'tier\' of pods needs at least one value, got none', () => LinkerdServerSelector.pods({}, LabelExpression.in('tier', []))],
    ['label \'tier\' of pods must be', () => LinkerdServerSelector.pods({}, LabelExpression.in('tier', ['a b']))],
    ['port of a Server must be between 1 and 65535, got 0', () => LinkerdPort.number(0)],
    ['name of a port must be at most 15 lower case letters, digits and single inner dashes, with a letter, got \'8080\'', () => LinkerdPort.named('8080')],
    ['got \'a-very-long-name-of-a-port\'', () => LinkerdPort.named('a-very-long-name-of-a-port')],
    ['got \'a--b\'', () => LinkerdPort.named('a--b')],
  ])('refuses: %s', (message, make) => {
    expect(make).toThrow(message);
  });

  test('outside of the app is known by name', () => {
    expect(LinkerdServer.fromServerName('web', { namespace: 'shop', proxyProtocol: LinkerdProxyProtocol.GRPC }))
      .toEqual({ name: 'web', namespace: 'shop', proxyProtocol: 'gRPC' });
    expect(() => LinkerdServer.fromServerName('Web')).toThrow('name of the Server must be a DNS subdomain');
  });
});

describe('a Server of a workload', () => {
  const containers = [{ image: 'web', ports: [{ number: 8080, name: 'http' }] }];

  test('selects what the workload selects', () => {
    // GIVEN
    const chart = Testing.chart();
    const web = new Deployment(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, select: false, containers });
    web.select(LabelSelector.of({ labels: { app: 'web' }, expressions: [LabelExpression.exists('team')] }));

    // WHEN
    new LinkerdServer(chart, 'Server', { metadata, selector: LinkerdServerSelector.workload(web), port: LinkerdPort.named('http') });

    // THEN
    expect(Testing.synth(chart)[1].spec).toEqual({
      podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'team', operator: 'Exists' }] }, port: 'http',
    });
  });

  test('may select by expressions alone', () => {
    const chart = Testing.chart();
    const web = new Deployment(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, select: false, containers });
    web.select(LabelSelector.of({ expressions: [LabelExpression.exists('team')] }));
    new LinkerdServer(chart, 'Server', { metadata, selector: LinkerdServerSelector.workload(web), port: LinkerdPort.number(8080) });
    expect(Testing.synth(chart)[1].spec.podSelector).toEqual({ matchExpressions: [{ key: 'team', operator: 'Exists' }] });
  });

  test('needs a workload that selects something', () => {
    const web = new Deployment(Testing.chart(), 'Web', { metadata: { name: 'web' }, select: false, containers });
    expect(() => LinkerdServerSelector.workload(web)).toThrow('workload \'web\' selects its pods by nothing: pass labels with LinkerdServerSelector.pods');
  });

  test('is refused when the workload declares none at all', () => {
    const chart = Testing.chart();
    const web = new Deployment(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web', ports: [{ number: 53, protocol: Protocol.UDP }] }] });
    new LinkerdServer(chart, 'Server', { metadata, selector: LinkerdServerSelector.workload(web), port: LinkerdPort.number(53) });
    expect(() => Testing.synth(chart)).toThrow('Server \'web-http\' selects port 53 of workload \'web\', which declares none');
  });
});
