import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Json, JsonObject } from './json';
import { ManifestObject, ManifestProblem, whyNoObject } from './manifest-object';
import { Manifests } from './manifests';

/** What a construct rendered to, for who needs the same again. */
export type Rendered = Map<ApiObject, Json>;

/** Renders all objects of an app, a chart or another construct, each once. */
export function readConstructs(scope: IConstruct, rendered: Rendered = new Map()): Manifests {
  const objects: ManifestObject[] = [];
  const problems: ManifestProblem[] = [];
  for (const construct of scope.node.findAll()) {
    if (ApiObject.isApiObject(construct)) {
      const value = construct.toJson() as Json;
      rendered.set(construct, value);
      const path = construct.node.path;
      const message = whyNoObject(value, 'the construct');
      if (message) {
        problems.push({ construct: path, message, unreadable: false });
      } else {
        objects.push(new ManifestObject(value as JsonObject, { construct: path, line: () => undefined }));
      }
    }
  }
  return new Manifests(objects, problems);
}
