import { Functions } from '../overload';
import { ARITHMETIC } from './arithmetic';
import { CIDRS } from './cidr';
import { COMPARISON } from './comparison';
import { CONVERSIONS } from './conversions';
import { FORMAT_STRING } from './format-string';
import { IPS } from './ip';
import { LISTS } from './lists';
import { NAMED_FORMATS } from './named-format';
import { OPTIONAL } from './optional';
import { QUANTITIES } from './quantity';
import { REGEX } from './regex';
import { SEMVERS } from './semver';
import { SETS } from './sets';
import { STRINGS } from './strings';
import { TIME } from './time';
import { URLS } from './url';

let known: Functions | undefined;

/** The functions of CEL and those that Kubernetes adds. */
export function functions(): Functions {
  return known ??= new Functions([
    ARITHMETIC, COMPARISON, CONVERSIONS, STRINGS, FORMAT_STRING, REGEX, LISTS, SETS, OPTIONAL, TIME,
    URLS, IPS, CIDRS, QUANTITIES, NAMED_FORMATS, SEMVERS,
  ]);
}
