import { Testing } from 'cdk8s';
import { ProxyConfig, ProxyConfigProps, ProxyImageType, WorkloadSelector } from '../../src';

const metadata = { name: 'proxies', namespace: 'shop' };

function object(props: ProxyConfigProps = {}): unknown {
  const chart = Testing.chart();
  new ProxyConfig(chart, 'Config', { metadata, ...props });
  return Testing.synth(chart)[0];
}

describe('a ProxyConfig', () => {
  test('writes every field', () => {
    expect(object({
      selector: WorkloadSelector.labels({ app: 'web' }),
      concurrency: 4,
      environmentVariables: { ISTIO_META_DNS_CAPTURE: 'true', EMPTY: '' },
      imageType: ProxyImageType.DISTROLESS,
    })).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'ProxyConfig',
      metadata,
      spec: {
        selector: { matchLabels: { app: 'web' } },
        concurrency: 4,
        environmentVariables: { ISTIO_META_DNS_CAPTURE: 'true', EMPTY: '' },
        image: { imageType: 'distroless' },
      },
    });
  });

  test('tells no number of threads from all cores', () => {
    const chart = Testing.chart();
    new ProxyConfig(chart, 'Config');
    expect(Testing.synth(chart)[0].spec).toEqual({});
    expect(object({ concurrency: 0 })).toMatchObject({ spec: { concurrency: 0 } });
  });

  test.each([[ProxyImageType.DEFAULT, 'default'], [ProxyImageType.DEBUG, 'debug'], [ProxyImageType.of('centos'), 'centos']])('knows an image (%#)', (imageType, word) => {
    expect(object({ imageType })).toMatchObject({ spec: { image: { imageType: word } } });
  });

  test.each<[ProxyConfigProps, string]>([
    [{ concurrency: -1 }, 'concurrency of a ProxyConfig must be between 0 and 2147483647, got -1'],
    [{ environmentVariables: { '1A': '' } }, 'environment variables of a ProxyConfig must be named by letters, digits and \'_\', and by no word of YAML such as \'on\', got \'1A\''],
    [{ environmentVariables: { on: '' } }, 'and by no word of YAML such as \'on\', got \'on\''],
    [{ environmentVariables: { A: 'say "a"' } }, 'environment variable \'A\' of a ProxyConfig must have no double quotes, backslashes and control characters, got "say \\"a\\""'],
    [{ environmentVariables: { A: 'C:\\a' } }, 'environment variable \'A\' of a ProxyConfig must have no double quotes'],
    [{ environmentVariables: { A: 'a\nb' } }, 'environment variable \'A\' of a ProxyConfig must have no double quotes'],
    [{ environmentVariables: { A: 'a'.repeat(2049) } }, 'environment variable \'A\' of a ProxyConfig must have at most 2048 characters, got 2049'],
  ])('refuses what no pod could start with (%#)', (props, message) => {
    expect(() => object(props)).toThrow(message);
  });
});

test('an image type is the end of a tag', () => {
  expect(() => ProxyImageType.of('')).toThrow('type of a proxy image must be 1 to 127 letters, digits or characters of -_., got \'\'');
  expect(() => ProxyImageType.of('a/b')).toThrow('type of a proxy image must be 1 to 127 letters, digits or characters of -_., got \'a/b\'');
});
