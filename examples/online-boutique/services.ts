import { Resources, ServiceSpec } from './service-spec';

const SMALL: Resources = { cpuMillis: [100, 200], memoryMebibytes: [64, 128] };

/** The profiler would call the API of a cloud, which nothing here may reach. */
const NO_PROFILER = { DISABLE_PROFILER: '1' };

export const REDIS: ServiceSpec = {
  name: 'redis-cart',
  protocol: 'tcp-redis',
  port: 6379,
  addressVariable: 'REDIS_ADDR',
  replicas: 1,
  resources: { cpuMillis: [70, 125], memoryMebibytes: [200, 256] },
  scratch: '/data',
};

export const CART: ServiceSpec = {
  name: 'cartservice',
  protocol: 'grpc',
  grpcService: 'CartService',
  port: 7070,
  addressVariable: 'CART_SERVICE_ADDR',
  calls: [{ callee: REDIS }],
  resources: { cpuMillis: [200, 300], memoryMebibytes: [64, 128] },
};

export const PRODUCT_CATALOG: ServiceSpec = {
  name: 'productcatalogservice',
  protocol: 'grpc',
  grpcService: 'ProductCatalogService',
  port: 3550,
  addressVariable: 'PRODUCT_CATALOG_SERVICE_ADDR',
  env: NO_PROFILER,
  resources: SMALL,
};

export const CURRENCY: ServiceSpec = {
  name: 'currencyservice',
  protocol: 'grpc',
  grpcService: 'CurrencyService',
  port: 7000,
  addressVariable: 'CURRENCY_SERVICE_ADDR',
  env: NO_PROFILER,
  resources: SMALL,
};

export const PAYMENT: ServiceSpec = {
  name: 'paymentservice',
  protocol: 'grpc',
  grpcService: 'PaymentService',
  port: 50051,
  addressVariable: 'PAYMENT_SERVICE_ADDR',
  env: NO_PROFILER,
  resources: SMALL,
};

export const SHIPPING: ServiceSpec = {
  name: 'shippingservice',
  protocol: 'grpc',
  grpcService: 'ShippingService',
  port: 50051,
  addressVariable: 'SHIPPING_SERVICE_ADDR',
  env: NO_PROFILER,
  resources: SMALL,
};

export const EMAIL: ServiceSpec = {
  name: 'emailservice',
  protocol: 'grpc',
  grpcService: 'EmailService',
  port: 5000,
  targetPort: 8080,
  addressVariable: 'EMAIL_SERVICE_ADDR',
  env: NO_PROFILER,
  resources: SMALL,
};

export const AD: ServiceSpec = {
  name: 'adservice',
  protocol: 'grpc',
  grpcService: 'AdService',
  port: 9555,
  addressVariable: 'AD_SERVICE_ADDR',
  resources: { cpuMillis: [200, 300], memoryMebibytes: [180, 300] },
};

export const RECOMMENDATION: ServiceSpec = {
  name: 'recommendationservice',
  protocol: 'grpc',
  grpcService: 'RecommendationService',
  port: 8080,
  addressVariable: 'RECOMMENDATION_SERVICE_ADDR',
  calls: [{ callee: PRODUCT_CATALOG, methods: ['ListProducts'] }],
  env: NO_PROFILER,
  resources: { cpuMillis: [100, 200], memoryMebibytes: [220, 450] },
};

export const CHECKOUT: ServiceSpec = {
  name: 'checkoutservice',
  protocol: 'grpc',
  grpcService: 'CheckoutService',
  port: 5050,
  addressVariable: 'CHECKOUT_SERVICE_ADDR',
  calls: [
    { callee: CART, methods: ['GetCart', 'EmptyCart'] },
    { callee: PRODUCT_CATALOG, methods: ['GetProduct'] },
    { callee: CURRENCY, methods: ['Convert'] },
    { callee: SHIPPING },
    { callee: PAYMENT },
    { callee: EMAIL },
  ],
  resources: SMALL,
};

export const FRONTEND: ServiceSpec = {
  name: 'frontend',
  protocol: 'http',
  port: 80,
  targetPort: 8080,
  addressVariable: 'FRONTEND_ADDR',
  calls: [
    { callee: PRODUCT_CATALOG, methods: ['ListProducts', 'GetProduct'] },
    { callee: CURRENCY },
    { callee: CART },
    { callee: RECOMMENDATION },
    { callee: SHIPPING, methods: ['GetQuote'] },
    { callee: CHECKOUT },
    { callee: AD },
  ],
  env: {
    ENABLE_PROFILER: '0',
    // It does not start without an address of the assistant, which need not run.
    SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
  },
  versions: { v1: 'v0.10.3', v2: 'v0.10.4' },
  resources: SMALL,
};

/** All of them, callees before their callers. */
export const SERVICES: ServiceSpec[] = [
  REDIS, CART, PRODUCT_CATALOG, CURRENCY, PAYMENT, SHIPPING, EMAIL, AD, RECOMMENDATION, CHECKOUT, FRONTEND,
];
