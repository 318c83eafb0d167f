import { App } from 'cdk8s';
import { Platform } from './platform';
import { Shop } from './shop';
import { ControlPlane, IstioMesh } from 'cdk8s-mesh';

/** Online Boutique in an Istio mesh: what the platform team owns, and what the shop's team owns. */
export function makeBoutique(app: App): void {
  // A revision tag: an upgrade of Istio moves the tag, and changes nothing here.
  const mesh = new IstioMesh(app, 'Mesh', { controlPlane: ControlPlane.revision('stable') });
  const platform = new Platform(app, 'platform', { mesh, shopNamespace: 'online-boutique', shopHost: 'shop.example.com' });
  new Shop(app, 'shop', { platform });
}
