import { IstioRule } from './rule';
import { firstArg, firsts, mapped, mentions, onlyOne, without } from '../coherence';
import { Fields, Value } from '../program';

const constant = (name: string): Value => ({ list: [{ constant: `cdk8s-mesh.ExtensionProvider.${name}` }] });

/** What meshes of every release have. */
const OF_ALL = ['version', 'dataPlane', 'rootNamespace', 'trustDomain', 'controlPlane', 'trustDomainAliases', 'enableTracing', 'connectTimeout', 'enableAutoMtls'];

const isAmbientMesh = (fields: Fields) => mentions(fields.dataPlane, 'AMBIENT');

const RETRIES = (attempts: number): Value => attempts === 0 ? { factory: 'cdk8s-mesh.HttpRetries.none', args: [] } :
  { factory: 'cdk8s-mesh.HttpRetries.attempts', args: [{ literal: attempts }] };

const SANITIZE_SET: Value = { constant: 'cdk8s-mesh.ForwardClientCertDetails.SANITIZE_SET' };
const COLLECTOR: Value = { factory: 'cdk8s-mesh.ProviderService.serviceName', args: ['collector', 'other', 443].map(literal => ({ literal })) };
const DYNATRACE: Value = {
  struct: 'cdk8s-mesh.DynatraceApi', fields: { http: { struct: 'cdk8s-mesh.ProviderHttpService', fields: { path: { literal: '/api' } } }, service: COLLECTOR },
};

export const MESH_RULES: { readonly [struct: string]: IstioRule } = {
  MeshProxyHeaders: fields => {
    const own: Fields = fields.setCurrentClientCertDetails ? { ...fields, forwardedClientCert: SANITIZE_SET } : fields;
    return own.serverValue ? without(own, 'server') : own;
  },
  IstioMeshProps: (fields, scene) => {
    const one = isAmbientMesh(fields) ? without(fields, 'zoneAwareLbSetting') : onlyOne('localityLbSetting', 'zoneAwareLbSetting')(fields);
    const named = mapped(one, 'extensionProviders', items => firsts(items, item => firstArg(item)));
    // Older releases lack most settings, and the newest of what others have.
    const isOld = fields.version !== undefined && !mentions(fields.version, 'V1_31');
    const retried: Fields = named.defaultHttpRetryPolicy ? { ...named, defaultHttpRetryPolicy: RETRIES(scene.below(3)) } : named;
    return isOld ? without(named, ...Object.keys(named).filter(name => !OF_ALL.includes(name))) : retried;
  },
  DynatraceSampler: fields => ({ httpService: DYNATRACE, ...fields }),
  MeshDefaultProviders: fields => ({
    ...fields.accessLogging && { accessLogging: constant('ENVOY') },
    ...fields.metrics && { metrics: constant('PROMETHEUS') },
    ...fields.tracing && { tracing: constant('STACKDRIVER') },
  }),
};

export const MESH_NEEDED: { readonly [struct: string]: readonly string[] } = {
  MeshDefaultTrafficPolicy: ['connectionPool', 'outlierDetection'],
  MeshDefaultProviders: ['accessLogging', 'metrics', 'tracing'],
};
