/**
 * Customers with domains of their own behind one address: a tenant adds hosts and certificates by itself, without a ticket to the operator, and cannot touch
 * the Gateway nor take a host that another tenant has. Each is a file of its own; who is not on the operator's list is refused.
 */
import { App } from 'cdk8s';
import { Platform } from './platform';
import { Tenant } from './tenant';
import { CertManagerIssuance, CertManagerIssuer } from 'cdk8s-mesh';

const app = new App();
const { gateway } = new Platform(app, 'platform', ['harbour-books', 'alpine-tea']);

// This one leaves certificates to cert-manager, which puts them into the Secrets that the listeners name. Its issuer
// wants a proof by DNS, since port 80 only redirects.
const books = new Tenant(app, 'harbour-books', {
  gateway,
  hosts: ['www.harbour-books.example', 'api.harbour-books.example'],
  secretOf: host => `${host.replace(/\./g, '-')}-tls`,
});
CertManagerIssuance.listenerSet(books.listeners, CertManagerIssuer.issuer('letsencrypt-dns'));
const shop = books.serve('shop', 'registry.example.com/harbour-books/shop:4.2.0');
books.route('shop', 'www.harbour-books.example', shop);
books.route('orders', 'api.harbour-books.example', books.serve('orders', 'registry.example.com/harbour-books/orders:1.8.3'), '/orders');

// This one has bought a certificate, which is good for all of its hosts.
const tea = new Tenant(app, 'alpine-tea', { gateway, hosts: ['alpine-tea.example', '*.alpine-tea.example'], secretOf: () => 'bought-in-march' });
tea.route('shop', 'alpine-tea.example', tea.serve('shop', 'registry.example.com/alpine-tea/shop:2.0.5'));
tea.route('blog', '*.alpine-tea.example', tea.serve('blog', 'registry.example.com/alpine-tea/blog:0.9.0'));

app.synth();
