import { MESHES } from './meshes';
import { Unwritable } from './scene';
import { Column } from './section';
import {
  GatewayBinding, GatewayClass, GatewayForm, GatewayProxyOptions, IGatewayClass, ProvisionedGatewayOptions, SelfManagedGatewayOptions,
} from '../../src';

/** A form of a MeshedGateway, with the class of one that a controller provisions. */
export interface FormColumn extends Column {
  /** What binds to its hosts. */
  readonly binds: 'routes' | 'VirtualServices' | 'nginx';
  /** The form, told what every proxy can be told. */
  form(options?: GatewayProxyOptions): GatewayForm;
  /** The same, told what only controllers can be. */
  provisioned(options: ProvisionedGatewayOptions): GatewayForm;
  /** The same, told what only a workload of one's own can be. */
  selfManaged(options: SelfManagedGatewayOptions): GatewayForm;
}

type FormOfColumn = Omit<FormColumn, 'mesh'>;

/** Those that a controller provisions, by class. */
function provisionedBy(id: string, title: string, gatewayClass: IGatewayClass): FormOfColumn {
  const provisioned = (options: ProvisionedGatewayOptions = {}) => GatewayForm.provisioned(gatewayClass, options);
  return {
    id,
    title,
    // Policies of workloads name it by its account.
    form: (options = {}) => provisioned(gatewayClass === GatewayClass.ISTIO ? options : { serviceAccount: 'door', ...options }),
    provisioned,
    selfManaged: () => {
      throw new Unwritable('a controller makes its pods: GatewayForm.selfManaged has this option');
    },
    binds: 'routes',
  };
}

function selfManaged(id: string, title: string, binding: GatewayBinding): FormOfColumn {
  const form = (options: SelfManagedGatewayOptions = {}) => GatewayForm.selfManaged({ binding, ...options });
  return {
    id,
    title,
    form,
    provisioned: () => {
      throw new Unwritable('no controller provisions it: GatewayForm.provisioned has this option');
    },
    selfManaged: form,
    binds: binding === GatewayBinding.GATEWAY_API ? 'routes' : 'VirtualServices',
  };
}

/** Each form, with the classes whose controllers are told different things. */
export const FORMS: readonly FormOfColumn[] = [
  provisionedBy('by-istio', 'provisioned, class `istio`', GatewayClass.ISTIO),
  provisionedBy('by-envoy-gateway', 'provisioned, Envoy Gateway', GatewayClass.ENVOY_GATEWAY),
  provisionedBy('by-nginx', 'provisioned, NGINX Gateway Fabric', GatewayClass.NGINX),
  provisionedBy('by-others', 'provisioned, other classes with pods, such as kgateway', GatewayClass.KGATEWAY),
  provisionedBy('by-clouds', 'provisioned by a load balancer of a cloud', GatewayClass.GKE_L7_RILB),
  selfManaged('self-managed', 'self-managed, Istio `Gateway`', GatewayBinding.ISTIO_GATEWAY),
  selfManaged('self-managed-routes', 'self-managed, Gateway API', GatewayBinding.GATEWAY_API),
  {
    id: 'nginx',
    title: 'nginx in front',
    form: options => GatewayForm.nginx(options),
    provisioned: () => {
      throw new Unwritable('no controller provisions it: GatewayForm.provisioned has this option');
    },
    selfManaged: () => {
      throw new Unwritable('its proxy is an nginx: GatewayForm.selfManaged has this option');
    },
    binds: 'nginx',
  },
];

/** The forms in a mesh. */
export function formsIn(mesh: string): FormColumn[] {
  return FORMS.map(form => ({ ...form, mesh: MESHES.find(({ id }) => id === mesh)! }));
}
