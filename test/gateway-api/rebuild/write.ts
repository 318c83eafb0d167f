import { ApiObject, Chart, Testing } from 'cdk8s';
import { normal } from './normal';
import { NotWritable } from './not-writable';
import { rebuild } from './rebuild';
import { Json } from './references';
import { GatewayApi, GatewayApiChannel } from '../../../src';

/** What came of writing an object with constructs. */
export interface Written {
  /** The object that was made, as the API server would keep it. */
  readonly made?: Json;
  /** What the constructs said against it. */
  readonly message?: string;
  /** Whether there is not even a program that could be written. */
  readonly excluded?: boolean;
}

/** A chart for clusters with all that Gateway API has. */
export function wholeChart(): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'corpus');
}

/** Writes an object into a chart, and reads what the constructs made of it. */
export function write(chart: Chart, object: Json): Written {
  try {
    rebuild(chart, object);
  } catch (error) {
    return { message: (error as Error).message, excluded: error instanceof NotWritable };
  }
  const { kind, metadata: { name, namespace } } = object;
  const isIt = (o: ApiObject) => o.kind === kind && o.name === name && o.metadata.namespace === namespace;
  const made = chart.node.findAll().find(c => c instanceof ApiObject && isIt(c)) as ApiObject;
  // A route that waits for its parents is no mistake of the object.
  const [message] = made.node.scope!.node.validate().filter(said => !said.includes('needs at least one parent'));
  return { made: normal(made.toJson()), message };
}
