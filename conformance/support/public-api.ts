import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  ClassDeclaration, ClassElement, createSourceFile, isClassDeclaration, isConstructorDeclaration, isEnumDeclaration, isGetAccessorDeclaration,
  isInterfaceDeclaration, isMethodDeclaration, isPropertyDeclaration, isPropertySignature, ModifierLike, canHaveModifiers, getModifiers,
  ScriptTarget, SyntaxKind,
} from 'typescript';

const SRC = join(__dirname, '..', '..', 'src');
/** Their properties are what a user asks for, each by itself. */
const STRUCTS = ['MeshedGatewayProps', 'GatewayTls', 'CanaryRouteProps', 'ProxyOptions', 'MeshNamespaceProps', 'AllowOptions'];
/** Their methods are what a user asks for, each by itself. */
const VERBS = ['MeshedGateway', 'GatewayEdge', 'MeshNamespace', 'MeshWorkload', 'EgressGateway', 'WaypointBase', 'Waypoint', 'SharedService', 'MultiClusterMesh', 'ExternalAuthorization', 'VirtualMachine',
  'ExternalContainers'];

/** What the patterns of the public API let a user ask for: their classes, factories, words, verbs and properties. */
export function askable(): string[] {
  const index = join(SRC, 'index.ts');
  const files = [...readFileSync(index, 'utf8').matchAll(/from '\.\/(mesh\/[^']+)'/g)].map(([, name]) => join(dirname(index), `${name}.ts`));
  return files.flatMap(membersOf);
}

function membersOf(file: string): string[] {
  const { statements } = createSourceFile(file, readFileSync(file, 'utf8'), ScriptTarget.ES2022, true);
  return statements.flatMap(statement => {
    if (isClassDeclaration(statement)) {
      return ofClass(statement);
    }
    if (isEnumDeclaration(statement)) {
      return statement.members.map(({ name }) => `${statement.name.text}.${name.getText()}`);
    }
    if (isInterfaceDeclaration(statement) && STRUCTS.includes(statement.name.text)) {
      return statement.members.filter(isPropertySignature).map(({ name }) => `${statement.name.text}.${name.getText()}`);
    }
    return [];
  });
}

function ofClass(declaration: ClassDeclaration): string[] {
  const name = declaration.name!.text;
  const isExported = has(declaration, SyntaxKind.ExportKeyword);
  const isConstruct = declaration.heritageClauses?.some(({ token }) => token === SyntaxKind.ExtendsKeyword) ?? false;
  const shown = declaration.members.filter(member => !isConstructorDeclaration(member) && isShown(member));
  const named = (members: readonly ClassElement[]) => members.map(member => `${name}.${member.name!.getText()}`);
  return !isExported ? [] : [
    ...isConstruct && !has(declaration, SyntaxKind.AbstractKeyword) ? [name] : [],
    ...named(shown.filter(member => has(member, SyntaxKind.StaticKeyword) && (isMethodDeclaration(member) || isPropertyDeclaration(member)))),
    ...VERBS.includes(name) ? named(shown.filter(member => !has(member, SyntaxKind.StaticKeyword) && isMethodDeclaration(member))) : [],
  ];
}

function isShown(member: ClassElement): boolean {
  const hidden = [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword];
  return member.name !== undefined && !member.name.getText().startsWith('_') && !hidden.some(kind => has(member, kind)) && !isGetAccessorDeclaration(member);
}

function has(node: ClassDeclaration | ClassElement, kind: SyntaxKind): boolean {
  const modifiers: readonly ModifierLike[] = canHaveModifiers(node) ? getModifiers(node) ?? [] : [];
  return modifiers.some(modifier => modifier.kind === kind);
}
