import { checkExportTo } from './export-to';
import { selectorManifest } from './mesh-config-values';
import { MeshServiceScope, MeshServiceSettings, MeshVisibilitySettings, ServiceEntryVisibility } from './mesh-config-visibility';
import { checkRegistryHost } from './namespaced-host';

/** Checks and writes what of a cluster the mesh knows, and who knows what. */
export function visibilityManifest(settings: MeshVisibilitySettings): object {
  const { discoverySelectors, defaultServiceExportTo, defaultVirtualServiceExportTo, defaultDestinationRuleExportTo, ingress } = settings;
  checkExportTo(defaultServiceExportTo, { hidden: true });
  checkExportTo(defaultVirtualServiceExportTo, { hidden: false });
  checkExportTo(defaultDestinationRuleExportTo, { hidden: false });
  return {
    discoverySelectors: discoverySelectors?.map(selector => selectorManifest(selector, 'discoverySelectors')),
    defaultServiceExportTo,
    defaultVirtualServiceExportTo,
    defaultDestinationRuleExportTo,
    serviceSettings: settings.serviceSettings?.map(serviceManifest),
    serviceScopeConfigs: settings.serviceScopeConfigs?.map(scopeManifest),
    serviceEntryVisibility: settings.serviceEntryVisibility && entriesManifest(settings.serviceEntryVisibility),
    ingressClass: ingress?.ingressClass,
    ingressService: ingress?.ingressService,
    ingressSelector: ingress?.ingressSelector,
    ingressControllerMode: ingress?.ingressControllerMode,
  };
}

function serviceManifest({ clusterLocal, hosts }: MeshServiceSettings): object {
  if (hosts.length === 0) {
    throw new Error('hosts of serviceSettings must have at least one host, got none');
  }
  hosts.forEach(host => checkRegistryHost(host, 'host of serviceSettings'));
  return { settings: { clusterLocal }, hosts };
}

function scopeManifest({ scope, namespaceSelector, servicesSelector }: MeshServiceScope): object {
  return {
    namespaceSelector: namespaceSelector && selectorManifest(namespaceSelector, 'namespaceSelector of serviceScopeConfigs'),
    servicesSelector: servicesSelector && selectorManifest(servicesSelector, 'servicesSelector of serviceScopeConfigs'),
    scope,
  };
}

function entriesManifest({ defaultVisibility, applyToSidecars, policies }: ServiceEntryVisibility): object {
  return {
    defaultVisibility,
    applyToSidecars,
    policies: policies?.map(({ visibility, namespaceSelectors }) => {
      if (namespaceSelectors.length === 0) {
        throw new Error('namespaceSelectors of serviceEntryVisibility must have at least one selector, got none: use defaultVisibility');
      }
      return {
        visibility,
        matchingRules: namespaceSelectors.map(selector => ({ namespaceSelector: selectorManifest(selector, 'namespaceSelectors of serviceEntryVisibility') })),
      };
    }),
  };
}
