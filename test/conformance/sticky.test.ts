import { backendOf, request, shares } from './recorded-requests';

const NAME = 'canary-requests';
const HALF = { 'shop/web-v1:8080': '50 % ± 6', 'shop/web-v2:8080': '50 % ± 6' };

describe.each(['edge/public-istio', 'edge/edge'])('clients that keep their version, through %s', gateway => {
  test.each(['a client without a version', 'a client with a version that is none'])('%s is given one by the weights, and told so by a cookie', who => {
    expect(shares(NAME, `${who} is given one, through ${gateway}`)).toEqual({
      outcomes: [200],
      shares: HALF,
      cookies: {
        'shop/web-v1:8080': ['sticky=stable; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax'],
        'shop/web-v2:8080': ['sticky=canary; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax'],
      },
    });
  });

  test.each([['the canary', 'shop/web-v2:8080'], ['the stable version', 'shop/web-v1:8080']])('one that has %s keeps it, and is not told again', (version, backend) => {
    expect(shares(NAME, `a client that has ${version} keeps it, through ${gateway}`)).toEqual({ outcomes: [200], shares: { [backend]: '100.0 %' } });
  });

  test('one of a version without a share goes back at once', () => {
    expect(backendOf(request(NAME, `a client of a version without a share goes back, through ${gateway}`))).toBe('shop/web-v1:8080');
  });
});
