import { App, Chart } from 'cdk8s';
import { Scene } from '../edge-envoy-gateway-access/scene';
import { ExtensionProvider, ProviderService, TrafficExtensionFilter, WasmFailStrategy, WasmModule, WasmPullPolicy, WasmVariable } from 'cdk8s-mesh';

/** Modules of WebAssembly that gateways of Envoy Gateway run, and collectors to which they send logs. */
const app = new App();
const scene = new Scene(new Chart(app, 'edge-envoy-gateway-modules'));
const service = ProviderService.serviceName('collector', 'logging', 4317);

scene.make('images', edge => edge.extend(TrafficExtensionFilter.wasm({
  module: WasmModule.oci('registry.example.com/check:1.2.0', { imagePullPolicy: WasmPullPolicy.ALWAYS }),
  pluginName: 'check',
  pluginConfig: { deny: ['/internal'] },
  failStrategy: WasmFailStrategy.FAIL_OPEN,
  env: [WasmVariable.host('POD_NAME')],
})).logAccess({
  provider: ExtensionProvider.envoyOtelAls('otel', { service, logFormat: { text: '%REQ(:PATH)%', labels: { code: '%RESPONSE_CODE%' } } }),
}));
scene.make('urls', edge => edge.extend(TrafficExtensionFilter.wasm({
  module: WasmModule.http('https://modules.example.com/check.wasm', { sha256: 'a'.repeat(64) }),
})).logAccess({ provider: ExtensionProvider.envoyTcpAls('als', { service, logName: 'edge' }) }));

app.synth();
