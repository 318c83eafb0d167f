import { CelRule, Schema } from '../../src/validation/schema/schema';

export const count: Schema = { minimum: 0 };
export const filled: Schema = { minLength: 1 };
export const words = (...values: string[]): Schema => ({ enum: values });
/** Words of which the server chooses one when there is none. */
export const wordsOrNone = (...values: string[]): Schema => ({ enum: [...values, ''] });
export const listOf = (values: string[]): Schema => ({ items: { enum: values } });
export const portNumber: Schema = { minimum: 1, maximum: 65535 };
export const dnsLabel: Schema = { pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };
export const labelValue = '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$';
export const pathSegment: Schema = { pattern: '^[^/%]+$', minLength: 1 };
export const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
/** The key of a label. */
export const qualifiedName = `^(${subdomain}/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$`;
export const userId: Schema = { minimum: 0, maximum: 2147483647 };
export const quantities: Schema & { readonly 'x-quantities': boolean } = { 'x-quantities': true };

/** A name of a port: at most 15 of lower case letters, digits and inner dashes, one a letter, no two dashes together. */
export const isPortName = (port: string) => `${port}.matches('^[a-z0-9]+(-[a-z0-9]+)*$') && ${port}.matches('[a-z]') && ${port}.size() <= 15`;
export const portRule = (field: string, also = ''): CelRule => ({
  rule: `!has(self.${field}) || (type(self.${field}) == int ? self.${field} >= 1 && self.${field} <= 65535${also && ` || self.${field} == 0`} : `
    + `${isPortName(`string(self.${field})`)}${also && ` || self.${field} == ''`})`,
  fieldPath: `.${field}`,
  message: `${field} must be a port from 1 to 65535, or the name of a port (at most 15 lower case letters, digits and inner dashes)`,
});
export const percentOrCount = (field: string, most100: boolean): CelRule => ({
  rule: `!has(self.${field}) || (type(self.${field}) == int ? self.${field} >= 0 : string(self.${field}).matches('^${most100 ? '0*([0-9]{1,2}|100)' : '[0-9]+'}%$'))`,
  fieldPath: `.${field}`,
  message: `${field} must be a number from 0, or a percentage such as '25%'${most100 ? ' of at most 100%' : ''}`,
});
export const exactlyOne = (what: string, ...fields: string[]): CelRule => ({
  rule: `[${fields.map(field => `has(self.${field})`).join(', ')}].filter(x, x).size() == 1`,
  message: `${what} must have exactly one of ${fields.join(', ')}`,
});
