import { Amendments } from './amendment';
import { filled, pathSegment, subdomain, words, wordsOrNone } from './words';

/** Validation of RBAC. */
export const ACCESS: Amendments = {
  // rbac: ValidateRole, ValidateClusterRole, ValidateRoleBinding, ValidateClusterRoleBinding
  PolicyRule: {
    properties: { verbs: { minItems: 1 } },
    rules: [{
      rule: '(has(self.nonResourceURLs) && self.nonResourceURLs.size() > 0) ? (!has(self.apiGroups) || self.apiGroups.size() == 0) && (!has(self.resources) || self.resources.size() == 0) && '
        + '(!has(self.resourceNames) || self.resourceNames.size() == 0) : has(self.apiGroups) && self.apiGroups.size() > 0 && has(self.resources) && self.resources.size() > 0',
      message: 'a rule needs both apiGroups and resources, or nonResourceURLs alone',
    }],
  },
  Role: {
    rules: [{
      rule: '!has(self.rules) || self.rules.all(r, !has(r.nonResourceURLs) || r.nonResourceURLs.size() == 0)',
      fieldPath: '.rules',
      message: 'nonResourceURLs belong to the whole cluster: write a ClusterRole',
    }],
  },
  AggregationRule: { properties: { clusterRoleSelectors: { minItems: 1 } }, required: ['clusterRoleSelectors'] },
  ClusterRoleBinding: {
    rules: [
      { rule: "self.roleRef.kind == 'ClusterRole'", fieldPath: '.roleRef.kind', message: 'a ClusterRoleBinding must refer to a ClusterRole' },
      {
        rule: "!has(self.subjects) || self.subjects.all(s, s.kind != 'ServiceAccount' || (has(s.namespace) && s.namespace != ''))",
        fieldPath: '.subjects',
        message: 'a service account needs its namespace',
      },
    ],
  },
  RoleRef: {
    properties: { apiGroup: wordsOrNone('rbac.authorization.k8s.io'), kind: words('Role', 'ClusterRole'), name: pathSegment },
    optional: ['apiGroup'],
  },
  RbacV1Subject: {
    properties: { kind: words('ServiceAccount', 'User', 'Group'), name: filled },
    rules: [{
      rule: "self.kind == 'ServiceAccount' ? !has(self.apiGroup) || self.apiGroup == '' : !has(self.apiGroup) || self.apiGroup in ['', 'rbac.authorization.k8s.io']",
      fieldPath: '.apiGroup',
      message: "apiGroup must be 'rbac.authorization.k8s.io' for users and groups, and empty for service accounts",
    }, {
      rule: `self.kind != 'ServiceAccount' || (self.name.size() <= 253 && self.name.matches('^${subdomain}$'))`,
      fieldPath: '.name',
      message: 'the name of a service account must be a DNS subdomain',
    }],
  },
};
