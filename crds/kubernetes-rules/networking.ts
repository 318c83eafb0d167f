import { Amendments } from './amendment';
import { dnsLabel, exactlyOne, listOf, portNumber, portRule, subdomain, words, wordsOrNone } from './words';

/** Validation of Services, EndpointSlices, NetworkPolicies and Ingresses. */
export const NETWORKING: Amendments = {
  // core: ValidateService
  Service: { required: ['spec'] },
  ServiceSpec: {
    properties: {
      type: wordsOrNone('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
      sessionAffinity: wordsOrNone('ClientIP', 'None'),
      ipFamilies: listOf(['IPv4', 'IPv6']),
      ipFamilyPolicy: words('SingleStack', 'PreferDualStack', 'RequireDualStack'),
      internalTrafficPolicy: words('Cluster', 'Local'),
    },
    rules: [
      {
        rule: "(has(self.ports) && self.ports.size() > 0) || (has(self.type) && self.type == 'ExternalName') || (has(self.clusterIP) && self.clusterIP == 'None')",
        fieldPath: '.ports',
        message: 'a Service needs ports, unless its type is ExternalName or its clusterIP None',
      },
      {
        rule: "!has(self.ports) || self.ports.size() < 2 || self.ports.all(p, has(p.name) && p.name != '')",
        fieldPath: '.ports',
        message: 'each of several ports needs a name',
      },
      {
        rule: "!has(self.ports) || self.ports.all(a, !has(a.name) || a.name == '' || self.ports.filter(b, has(b.name) && b.name == a.name).size() == 1)",
        fieldPath: '.ports',
        message: 'ports must have different names',
      },
      {
        rule: "!has(self.ports) || self.ports.all(a, self.ports.filter(b, b.port == a.port && (has(b.protocol) && b.protocol != '' ? b.protocol : 'TCP') == "
          + "(has(a.protocol) && a.protocol != '' ? a.protocol : 'TCP')).size() == 1)",
        fieldPath: '.ports',
        message: 'ports must differ in port or protocol',
      },
      {
        rule: "!has(self.type) || self.type != 'ExternalName' || (has(self.externalName) && self.externalName != '')",
        fieldPath: '.externalName',
        message: 'externalName must be there when type is ExternalName',
      },
      {
        rule: "!has(self.clusterIP) || self.clusterIP in ['', 'None'] || isIP(self.clusterIP)",
        fieldPath: '.clusterIP',
        message: 'clusterIP must be None or an address',
      },
      {
        rule: "!has(self.ports) || (has(self.type) && self.type in ['NodePort', 'LoadBalancer']) || self.ports.all(p, !has(p.nodePort) || p.nodePort == 0)",
        fieldPath: '.ports',
        message: 'nodePort is for Services of type NodePort or LoadBalancer',
      },
      {
        rule: "!has(self.externalTrafficPolicy) || self.externalTrafficPolicy == '' || (has(self.type) && self.type in ['NodePort', 'LoadBalancer']) || "
          + '(has(self.externalIPs) && self.externalIPs.size() > 0)',
        fieldPath: '.externalTrafficPolicy',
        message: 'externalTrafficPolicy is for Services that are reached from outside',
      },
    ],
  },
  ServicePort: {
    properties: { port: portNumber, protocol: wordsOrNone('TCP', 'UDP', 'SCTP'), nodePort: { minimum: 0, maximum: 65535 } },
    rules: [
      portRule('targetPort', 'or none'),
      {
        rule: "!has(self.name) || self.name == '' || (self.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && self.name.size() <= 63)",
        fieldPath: '.name',
        message: 'the name of a port must be a DNS label',
      },
    ],
  },

  // discovery: ValidateEndpointSlice
  EndpointSlice: {
    properties: { addressType: words('IPv4', 'IPv6', 'FQDN') },
    optional: ['endpoints'],
    rules: [{
      rule: "self.addressType == 'FQDN' || !has(self.endpoints) || self.endpoints.all(e, e.addresses.all(a, isIP(a) && ip(a).family() == (self.addressType == 'IPv4' ? 4 : 6)))",
      fieldPath: '.endpoints',
      message: 'addresses must be of the family that addressType says',
    }],
  },
  DiscoveryV1EndpointPort: {
    properties: { protocol: wordsOrNone('TCP', 'UDP', 'SCTP'), name: { pattern: '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 63 } },
  },
  Endpoint: { properties: { addresses: { minItems: 1, maxItems: 100 } } },

  // networking: ValidateNetworkPolicySpec, ValidateIngressSpec
  NetworkPolicySpec: { properties: { policyTypes: { items: { enum: ['Ingress', 'Egress'] }, maxItems: 2 } } },
  NetworkPolicyPeer: {
    rules: [
      { rule: 'has(self.podSelector) || has(self.namespaceSelector) || has(self.ipBlock)', message: 'a peer needs podSelector, namespaceSelector or ipBlock' },
      { rule: '!has(self.ipBlock) || (!has(self.podSelector) && !has(self.namespaceSelector))', message: 'a peer with ipBlock must have no selector' },
    ],
  },
  NetworkPolicyPort: {
    properties: { protocol: wordsOrNone('TCP', 'UDP', 'SCTP'), endPort: portNumber },
    rules: [
      portRule('port'),
      {
        rule: '!has(self.endPort) || (has(self.port) && type(self.port) == int && self.endPort >= self.port)',
        fieldPath: '.endPort',
        message: 'endPort must not be less than port, which must be a number',
      },
    ],
  },
  IPBlock: {
    rules: [{
      rule: 'isCIDR(self.cidr) && cidr(self.cidr).masked() == cidr(self.cidr)',
      fieldPath: '.cidr',
      message: "cidr must be a block such as '10.0.0.0/8', with zeros after its length",
    }, {
      rule: '!has(self.except) || self.except.all(e, isCIDR(e) && cidr(e).masked() == cidr(e))',
      fieldPath: '.except',
      message: "each of except must be a block such as '10.1.0.0/16', with zeros after its length",
    }, {
      rule: '!has(self.except) || !isCIDR(self.cidr) || self.except.all(e, !isCIDR(e) || (cidr(self.cidr).containsCIDR(e) && cidr(e).prefixLength() > cidr(self.cidr).prefixLength()))',
      fieldPath: '.except',
      message: 'each of except must be a part of cidr, and smaller',
    }],
  },
  IngressSpec: {
    properties: { ingressClassName: { pattern: `^${subdomain}$` } },
    rules: [{ rule: 'has(self.defaultBackend) || (has(self.rules) && self.rules.size() > 0)', message: 'an Ingress needs rules or a defaultBackend' }],
  },
  Ingress: { required: ['spec'] },
  HTTPIngressRuleValue: { properties: { paths: { minItems: 1 } } },
  IngressRule: {
    rules: [{
      rule: `!has(self.host) || self.host == '' || (!isIP(self.host) && self.host.size() <= 253 && self.host.matches('^([*][.])?${subdomain}$'))`,
      fieldPath: '.host',
      message: 'host must be a DNS name in lower case, its first label may be *',
    }],
  },
  IngressBackend: { rules: [exactlyOne('a backend', 'service', 'resource')] },
  IngressServiceBackend: { required: ['port'], properties: { name: dnsLabel } },
  ServiceBackendPort: {
    properties: { number: { minimum: 0, maximum: 65535 } },
    rules: [{
      rule: "(has(self.number) && self.number != 0) != (has(self.name) && self.name != '')",
      message: 'the port of a backend needs either a number or a name',
    }],
  },
  HTTPIngressPath: {
    properties: { pathType: words('Exact', 'Prefix', 'ImplementationSpecific') },
    rules: [{
      rule: "self.pathType == 'ImplementationSpecific' ? (!has(self.path) || self.path == '' || self.path.startsWith('/')) : (has(self.path) && self.path.startsWith('/'))",
      fieldPath: '.path',
      message: "path must begin with '/'",
    }],
  },
};
