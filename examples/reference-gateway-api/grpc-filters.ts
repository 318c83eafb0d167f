import { Backend, GrpcRouteFilter } from 'cdk8s-mesh';

const shadow = Backend.serviceName('checkout', { port: 50051, namespace: 'testing' });

/** rules[].filters[] and rules[].backendRefs[].filters[] of GRPCRoutes, by the name of the rule that shows them. */
export const GRPC_FILTERS: { [rule: string]: GrpcRouteFilter } = {
  // filters[].requestHeaderModifier.set[], add[], remove[]
  'request-header-modifier': GrpcRouteFilter.requestHeaders({
    set: { 'x-tenant': 'shop' },
    add: { 'x-forwarded-by': 'edge' },
    remove: ['x-debug'],
  }),

  // filters[].responseHeaderModifier.set[], add[], remove[]
  'response-header-modifier': GrpcRouteFilter.responseHeaders({
    set: { 'x-served-by': 'checkout' },
    add: { 'x-region': 'eu' },
    remove: ['x-build'],
  }),

  // filters[].requestMirror.backendRef, percent
  'request-mirror-percent': GrpcRouteFilter.mirror({ backend: shadow, percent: 10 }),

  // filters[].requestMirror.fraction.numerator, denominator
  'request-mirror-fraction': GrpcRouteFilter.mirror({ backend: shadow, fraction: { numerator: 1, denominator: 1000 } }),

  // filters[].extensionRef.group, kind, name
  'extension-ref': GrpcRouteFilter.extension({ group: 'example.com', kind: 'RateLimit', name: 'a-hundred-a-second' }),
};
