import { CANARY_OPTIONS, CANARY_PARENTS } from './canary-sections';
import { AUTHORITIES, MACHINES, NETWORKS } from './cluster-sections';
import { EDGE_ROWS } from './edge-rows';
import { EGRESS_FORMS, EGRESS_PROTOCOLS } from './egress-sections';
import { ENROLMENT, UPGRADES } from './enrolment-sections';
import { formsIn } from './gateway-forms';
import { GATEWAY_ROWS } from './gateway-rows';
import { MESHES } from './meshes';
import { Row, Section } from './section';
import { OBSERVING, TRUST, WAYPOINTS } from './trust-sections';

const IN_MESH: { readonly [mesh: string]: string } = {
  sidecar: 'with sidecars', ambient: 'in an ambient mesh', managed: 'on a managed Istio (ASM)', linkerd: 'with Linkerd',
};

/** All tables, in the order of the page. */
export const SECTIONS: readonly Section[] = [
  ENROLMENT,
  UPGRADES,
  ...MESHES.map(({ id }) => ({
    id: `gateway-${id}`,
    title: `MeshedGateway ${IN_MESH[id]}`,
    about: 'A column for each form, and for each class whose controller is told something else.',
    twin: 'gateway-sidecar',
    columns: formsIn(id),
    rows: GATEWAY_ROWS as readonly Row[],
  })),
  ...MESHES.map(({ id }) => ({
    id: `edge-${id}`,
    title: `The edge of a MeshedGateway ${IN_MESH[id]}`,
    about: 'What the gateway does to requests before anything behind it sees them.',
    twin: 'edge-sidecar',
    columns: formsIn(id),
    rows: EDGE_ROWS as readonly Row[],
  })),
  CANARY_PARENTS,
  CANARY_OPTIONS,
  EGRESS_FORMS,
  EGRESS_PROTOCOLS,
  NETWORKS,
  MACHINES,
  WAYPOINTS,
  TRUST,
  AUTHORITIES,
  OBSERVING,
];
