/** A part of what Envoy reads, as JSON. */
export interface EnvoyValue {
  readonly [field: string]: unknown;
}

/** Fields with a message of any type, and those with one for each name. */
const TYPED = bothWays('typed_config');
const TYPED_BY_NAME = [...bothWays('typed_per_filter_config'), ...bothWays('typed_extension_protocol_options')];
const OLD_API = /\.v2(?:alpha\d*)?\./;
const OLD_NAME = /^envoy\.(?:listener\.)?[a-z0-9_]+$/;

/** Refuses what istiod cannot read as a part of Envoy's configuration, as far as that shows without the types of Envoy. */
export function checkEnvoyValue(value: EnvoyValue, what: string): EnvoyValue {
  if (Object.keys(value).length === 0) {
    throw new Error(`value of ${what} must not be empty: say what is to be changed`);
  }
  checkTypes(value, `value of ${what}`);
  return value;
}

/** Refuses a filter that Envoy could not tell from others, or of which it would not know the type. */
export function checkEnvoyFilterValue(value: EnvoyValue, what: string): EnvoyValue {
  return checkNamedValue(value, what, ['typed_config', 'config_discovery']);
}

/** Refuses settings of a filter that it could not find, or that are none. */
export function checkExtensionValue(value: EnvoyValue, what: string): EnvoyValue {
  return checkNamedValue(value, what, ['typed_config']);
}

function checkNamedValue(value: EnvoyValue, what: string, settings: readonly string[]): EnvoyValue {
  const { name } = value;
  if (typeof name !== 'string' || name === '') {
    throw new Error(`value of ${what} needs the name of the filter, got ${JSON.stringify(name)}: pass name`);
  }
  if (settings.every(field => (value[field] ?? value[camelCase(field)]) === undefined)) {
    throw new Error(`value of ${what} needs the settings of '${name}' with their type: pass ${settings.join(' or ')}`);
  }
  return checkEnvoyValue(value, what);
}

function bothWays(field: string): string[] {
  return [field, camelCase(field)];
}

/** The other way to spell a field, which istiod reads as well. */
function camelCase(field: string): string {
  return field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Refuses names of filters by which istiod makes none: matches by them would never hold. */
export function checkFilterName(name: string, what: string): string {
  if (name === '') {
    throw new Error(`filter of ${what} must not be empty: pass its name, such as envoy.filters.http.router`);
  }
  if (OLD_NAME.test(name)) {
    throw new Error(`filter of ${what} must be named as istiod names it, got the older '${name}': use the name that begins with envoy.filters`);
  }
  return name;
}

function checkTypes(part: unknown, place: string): void {
  if (Array.isArray(part)) {
    part.forEach((item, index) => checkTypes(item, `${place}[${index}]`));
    return;
  }
  if (typeof part !== 'object' || part === null) {
    return;
  }
  for (const [field, value] of Object.entries(part)) {
    const inside = `${place}.${field}`;
    if (TYPED.includes(field)) {
      checkType(value, inside);
    } else if (TYPED_BY_NAME.includes(field)) {
      Object.entries(value as EnvoyValue).forEach(([name, typed]) => checkType(typed, `${inside}['${name}']`));
    }
    checkTypes(value, inside);
  }
}

function checkType(message: unknown, place: string): void {
  const type = (message as EnvoyValue | null)?.['@type'];
  if (typeof type !== 'string' || type === '') {
    throw new Error(`${place} needs the type of what it holds, got ${JSON.stringify(type)}: pass '@type', such as ` +
      'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua');
  }
  if (OLD_API.test(type)) {
    throw new Error(`${place} must have a type of Envoy's v3 API, got '${type}'`);
  }
}
