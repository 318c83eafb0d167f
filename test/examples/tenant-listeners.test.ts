import { App } from 'cdk8s';
import { Platform } from '../../examples/tenant-listeners/platform';
import { Tenant } from '../../examples/tenant-listeners/tenant';

const secretOf = () => 'certificate';

function twoTenants() {
  const app = new App();
  const { gateway } = new Platform(app, 'platform', ['harbour-books', 'alpine-tea']);
  return { app, gateway };
}

test('a tenant that is not on the operator\'s list is refused where it asks to listen', () => {
  const { app, gateway } = twoTenants();

  expect(() => new Tenant(app, 'quick-loans', { gateway, hosts: ['quick-loans.example'], secretOf })).toThrow(
    /^ListenerSet 'quick-loans' cannot attach to gateway 'shared', which admits .*harbour-books.*alpine-tea.* and not .*namespace 'quick-loans': add 'quick-loans' to the namespaces that the Gateway admits/);
});

test('a tenant cannot take the host of another', () => {
  const { app, gateway } = twoTenants();
  new Tenant(app, 'harbour-books', { gateway, hosts: ['www.harbour-books.example'], secretOf });

  expect(() => new Tenant(app, 'alpine-tea', { gateway, hosts: ['www.harbour-books.example'], secretOf })).toThrow(
    /^listener 'www-harbour-books-example' of ListenerSet 'alpine-tea' conflicts with listener 'www-harbour-books-example' of ListenerSet 'harbour-books'/);
});

test('a tenant cannot route what others listen for', () => {
  const { app, gateway } = twoTenants();
  const tea = new Tenant(app, 'alpine-tea', { gateway, hosts: ['alpine-tea.example'], secretOf });

  expect(() => tea.route('books', 'www.harbour-books.example', tea.serve('books', 'registry.example.com/books:1'))).toThrow(
    /^listener set 'alpine-tea' has no listener 'www-harbour-books-example'.*: it has 'alpine-tea-example' on port 443$/);
});
