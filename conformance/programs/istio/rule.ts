import { Fields, Value } from '../program';
import { Scene } from '../scene';

/** Makes the fields of a struct agree, with each other and with the program so far. */
export type IstioRule = (fields: Fields, scene: Scene) => Fields;

export const inOrder = (...rules: IstioRule[]): IstioRule => (fields, scene) => rules.reduce((made, rule) => rule(made, scene), fields);

/** What the mesh of a program says of a property, in text. */
export function meshSays({ statements: [first] }: Scene, name: string): string {
  const props = first && 'construct' in first && first.construct === 'cdk8s-mesh.IstioMesh' ? first.props : undefined;
  return JSON.stringify(props && 'fields' in props ? props.fields[name] ?? '' : '');
}

/** The providers that the mesh of a program has, of some factories. */
export function providersOf({ statements: [first] }: Scene, factories: RegExp): Value[] {
  const props = first && 'construct' in first && first.construct === 'cdk8s-mesh.IstioMesh' ? first.props : undefined;
  const list = props && 'fields' in props ? props.fields.extensionProviders : undefined;
  return list && 'list' in list ? list.list.filter(item => 'factory' in item && factories.test(item.factory)) : [];
}

export const isDeclared = ({ statements: [first] }: Scene) => first !== undefined && 'construct' in first && first.construct === 'cdk8s-mesh.IstioMesh';
export const isAmbient = (scene: Scene) => meshSays(scene, 'dataPlane').includes('AMBIENT');

/** The properties of what the program is about, once it is made. */
export function subjectOf({ statements }: Scene): Fields | undefined {
  const subject = statements.find(statement => 'construct' in statement && statement.id === 'subject');
  const props = subject && 'construct' in subject ? subject.props : undefined;
  return props && 'fields' in props ? props.fields : undefined;
}
