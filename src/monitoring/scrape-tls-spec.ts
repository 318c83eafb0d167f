import { ScrapeTls, ServiceScrapeTls } from './scrape-tls';
import type { PodMonitorSpecPodMetricsEndpointsTlsConfig, ServiceMonitorSpecEndpointsTlsConfig } from '../imports/monitoring.coreos.com';
import { Manifest } from '../semantics/manifest';

/** What a PodMonitor or OAuth2 says of TLS. */
export function tlsToKube(tls: ScrapeTls): Manifest<PodMonitorSpecPodMetricsEndpointsTlsConfig> {
  const { ca, clientCertificate, serverName, insecureSkipVerify, minVersion, maxVersion } = tls;
  if (minVersion !== undefined && maxVersion !== undefined && maxVersion < minVersion) {
    throw new Error(`maxVersion of TLS must not be below minVersion ${minVersion}, got ${maxVersion}`);
  }
  return {
    ca: ca?._toKube(),
    cert: clientCertificate?.certificate._toKube(),
    keySecret: clientCertificate?.key._toKube(),
    serverName,
    insecureSkipVerify,
    minVersion,
    maxVersion,
  };
}

/** What a ServiceMonitor says of TLS. */
export function serviceTlsToKube(tls: ServiceScrapeTls): Manifest<ServiceMonitorSpecEndpointsTlsConfig> {
  const { ca, caFile, clientCertificate, clientCertificateFiles } = tls;
  if (ca !== undefined && caFile !== undefined) {
    throw new Error(`TLS of a scrape takes ca or caFile, got both, with '${caFile}': pass one`);
  }
  if (clientCertificate !== undefined && clientCertificateFiles !== undefined) {
    throw new Error(`TLS of a scrape takes clientCertificate or clientCertificateFiles, got both, with '${clientCertificateFiles.certFile}': pass one`);
  }
  const empty = Object.entries({ caFile, ...clientCertificateFiles }).find(([, path]) => path === '');
  if (empty) {
    throw new Error(`${empty[0]} of a scrape must not be empty: name a file in the container of Prometheus`);
  }
  return { ...tlsToKube(tls), caFile, ...clientCertificateFiles };
}
