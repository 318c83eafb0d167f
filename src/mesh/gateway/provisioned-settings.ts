import { FrontendTls } from '../../gateway-api/frontend-validation';
import { LocalObjectReference } from '../../gateway-api/local-object-reference';

/** What a controller is told beside the Gateway itself. */
export interface ControllerSettings {
  /** Annotations of the Gateway, and more of what is made for it. */
  readonly annotations?: { [key: string]: string };
  readonly madeAnnotations?: { [key: string]: string };
  readonly parameters?: LocalObjectReference;
  readonly frontendTls?: FrontendTls;
  readonly listenerTlsOptions?: { [key: string]: string };
}
