import { itemsOf } from '../coherence';
import { Fields, Statement, Value } from '../program';
import { Scene } from '../scene';

/** Makes the fields of a struct agree, with each other and with the program so far. */
export type IstioRule = (fields: Fields, scene: Scene) => Fields;

export const inOrder = (...rules: IstioRule[]): IstioRule => (fields, scene) => rules.reduce((made, rule) => rule(made, scene), fields);

const MESH = 'cdk8s-mesh.IstioMesh';

/** The properties of the mesh that a program declares; nothing where it declares none. */
export function meshOf(statements: readonly Statement[]): Fields | undefined {
  const mesh = statements.find(statement => 'construct' in statement && statement.construct === MESH);
  const props = mesh && 'construct' in mesh ? mesh.props : undefined;
  return mesh && (props && 'fields' in props ? props.fields : {});
}

/** What the mesh of a program says of a property, in text. */
export const meshSays = ({ statements }: Scene, name: string) => JSON.stringify(meshOf(statements)?.[name] ?? '');

/** The providers that the mesh of a program has, of some factories. */
export function providersOf({ statements }: Scene, factories: RegExp): Value[] {
  return itemsOf(meshOf(statements)?.extensionProviders).filter(item => 'factory' in item && factories.test(item.factory));
}

export const isDeclared = ({ statements }: Scene) => meshOf(statements) !== undefined;
export const isAmbient = (scene: Scene) => meshSays(scene, 'dataPlane').includes('AMBIENT');

/** The properties of what the program is about, once it is made. */
export function subjectOf({ statements }: Scene): Fields | undefined {
  const subject = statements.find(statement => 'construct' in statement && statement.id === 'subject');
  const props = subject && 'construct' in subject ? subject.props : undefined;
  return props && 'fields' in props ? props.fields : undefined;
}
