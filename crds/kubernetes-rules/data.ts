import { Amendments } from './amendment';
import { quantities, subdomain, words } from './words';

/** Validation of configuration and storage. */
export const DATA: Amendments = {
  // core: ValidateConfigMap, ValidateSecret, ValidatePersistentVolumeClaimSpec
  ConfigMap: {
    rules: [
      {
        rule: "!has(self.binaryData) || self.binaryData.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..'))",
        fieldPath: '.binaryData',
        message: "keys of binaryData must consist of letters, digits, '-', '_' and '.', at most 253, and not begin with '..'",
      },
      {
        rule: "!has(self.data) || self.data.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..'))",
        fieldPath: '.data',
        message: "keys of data must consist of letters, digits, '-', '_' and '.', at most 253, and not begin with '..'",
      },
      {
        rule: '!has(self.data) || !has(self.binaryData) || self.data.all(k, !(k in self.binaryData))',
        fieldPath: '.data',
        message: 'data and binaryData must have different keys',
      },
    ],
  },
  Secret: {
    rules: [
      {
        rule: "!has(self.type) || self.type != 'kubernetes.io/dockerconfigjson' || (has(self.data) && '.dockerconfigjson' in self.data) || "
          + "(has(self.stringData) && '.dockerconfigjson' in self.stringData)",
        fieldPath: '.data',
        message: "a Secret of type kubernetes.io/dockerconfigjson needs the key '.dockerconfigjson'",
      },
      {
        rule: "(!has(self.data) || self.data.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..'))) && "
          + "(!has(self.stringData) || self.stringData.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..')))",
        fieldPath: '.data',
        message: "keys of data and stringData must consist of letters, digits, '-', '_' and '.', at most 253, and not begin with '..'",
      },
      {
        rule: "!has(self.type) || self.type != 'kubernetes.io/tls' || ['tls.crt', 'tls.key'].all(k, (has(self.data) && k in self.data) || (has(self.stringData) && k in self.stringData))",
        fieldPath: '.data',
        message: "a Secret of type kubernetes.io/tls needs the keys 'tls.crt' and 'tls.key'",
      },
    ],
  },
  PersistentVolumeClaim: { required: ['spec'] },
  PersistentVolumeClaimSpec: {
    properties: {
      volumeMode: words('Block', 'Filesystem'),
      storageClassName: { pattern: `^(${subdomain})?$` },
      accessModes: { items: { enum: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] }, minItems: 1 },
    },
    required: ['accessModes', 'resources'],
    rules: [{
      rule: "!has(self.resources) || (has(self.resources.requests) && 'storage' in self.resources.requests)",
      fieldPath: '.resources.requests',
      message: "resources.requests needs 'storage'",
    }],
  },

  // Only their quantities.
  LimitRangeItem: {
    properties: { max: quantities, min: quantities, default: quantities, defaultRequest: quantities, maxLimitRequestRatio: quantities },
  },
  ResourceQuotaSpec: { properties: { hard: quantities } },
  PersistentVolumeSpec: { properties: { capacity: quantities } },
  Overhead: { properties: { podFixed: quantities } },
  CSIStorageCapacity: { properties: { capacity: { 'x-quantity': true }, maximumVolumeSize: { 'x-quantity': true } } },
};
