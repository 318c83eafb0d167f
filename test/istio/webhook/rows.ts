import { ANY_KIND } from './any-kind';
import { DESTINATION_RULE } from './destination-rule';
import { GATEWAY } from './gateway';
import { LOCALITIES } from './localities';
import { OTHERS } from './others';
import { Rows } from './row';
import { SECURITY } from './security';
import { SERVICE_ENTRY } from './service-entry';
import { SIDECAR } from './sidecar';
import { VIRTUAL_SERVICE_REQUESTS } from './virtual-service-requests';
import { VIRTUAL_SERVICE_ROUTES } from './virtual-service-routes';

/** All tables; a rule is in one of them. */
export const TABLES: readonly Rows[] = [
  ANY_KIND, GATEWAY, VIRTUAL_SERVICE_ROUTES, VIRTUAL_SERVICE_REQUESTS, DESTINATION_RULE, LOCALITIES, SERVICE_ENTRY, SIDECAR, SECURITY, OTHERS,
];
