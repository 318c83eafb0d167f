/**
 * What Kubernetes' own validation says of its kinds and its OpenAPI does not: the part that every deployment meets, each line true of Kubernetes 1.36 when
 * its validation was asked. An empty word is a word left out, and a rule says what a field means that is left out, because no defaults are applied before.
 */
import { ACCESS } from './access';
import { Amendments } from './amendment';
import { DATA } from './data';
import { NETWORKING } from './networking';
import { PODS } from './pods';
import { SCALING } from './scaling';
import { WORKLOADS } from './workloads';

export const AMENDMENTS: Amendments = { ...WORKLOADS, ...PODS, ...NETWORKING, ...DATA, ...SCALING, ...ACCESS };
