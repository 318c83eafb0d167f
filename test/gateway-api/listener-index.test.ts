import { Certificate, CustomListenerOptions, Listener } from '../../src';
import { ListenerIndex } from '../../src/gateway-api/listener-index';

const certificates = [Certificate.fromSecretName('tls')];

/** A listener of each kind, on two ports and for four hosts. */
const LISTENERS = [
  Listener.http,
  (options: CustomListenerOptions) => Listener.https({ ...options, certificates }),
  Listener.tlsPassthrough,
  Listener.tcp,
  Listener.udp,
  (options: CustomListenerOptions) => Listener.custom('HBONE', options),
  (options: CustomListenerOptions) => Listener.custom('example.com/quic', options),
].flatMap((make, n) => [80, 81].flatMap(port => [undefined, 'a.com', 'b.com', '*.a.com'].map(hostname =>
  make({ name: `listener-${n}`, port, hostname }))));

test('what is found is what asking each would find', () => {
  for (const first of LISTENERS) {
    const index = new ListenerIndex();
    index.add(first, 'shop');
    for (const second of LISTENERS) {
      const collides = second._collision(first) !== undefined;
      expect([first, second, index.rivalOf(second)?.listener]).toEqual([first, second, collides ? first : undefined]);
    }
  }
});

test('the earliest of several is found, with its owner', () => {
  const index = new ListenerIndex();
  index.add(Listener.http({ hostname: 'a.com' }), 'shop');
  index.add(Listener.http({ hostname: 'b.com' }), 'blog');
  expect(index.rivalOf(Listener.tcp({ port: 80 }))?.owner).toBe('shop');
  expect(index.rivalOf(Listener.http({ hostname: 'b.com' }))?.owner).toBe('blog');
  expect(index.rivalOf(Listener.http())).toBeUndefined();
});
