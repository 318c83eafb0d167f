import { Chart } from 'cdk8s';
import { EveryForm } from './every-form';
import { ExtensionProvider, IstioFlux, Telemetry, TelemetryAccessLogging } from 'cdk8s-mesh';

/** Requests that are logged, in a mesh that logs nothing but errors. */
export function logs(chart: Chart): void {
  const own = ExtensionProvider.envoyFileAccessLog('own', { path: '/dev/stderr' });
  const forms = new EveryForm(chart, { extensionProviders: [own] });
  new IstioFlux(chart, 'Istio', { mesh: forms.mesh });
  Telemetry.forMesh(chart, 'Errors', {
    metadata: { name: 'errors' }, accessLogging: [TelemetryAccessLogging.to([ExtensionProvider.ENVOY], { filter: 'response.code >= 500' })],
  });
  forms.make('all', edge => edge.logAccess());
  forms.own('missing', edge => edge.logAccess({ provider: own, filter: 'response.code == 404' }));
  forms.own('plain', () => {});
}
