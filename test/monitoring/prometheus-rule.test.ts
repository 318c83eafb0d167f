import { App, Chart, Duration } from 'cdk8s';
import { synth } from './synth';
import { MonitoringRule } from '../../src/monitoring/monitoring-rule';
import { PartialResponseStrategy, PrometheusRule, PrometheusRuleGroup } from '../../src/monitoring/prometheus-rule';

const up = MonitoringRule.record('job:up:sum', 'sum by (job) (up)');
const rule = (group: Partial<PrometheusRuleGroup>) =>
  synth(chart => new PrometheusRule(chart, 'Rule', { metadata: { name: 'shop' }, groups: [{ name: 'shop', rules: [up], ...group }] }));

test('rules with all that there is', () => {
  const [object] = synth(chart => new PrometheusRule(chart, 'Rule', {
    metadata: { name: 'shop', namespace: 'shop', labels: { release: 'prometheus' } },
    groups: [{
      name: 'shop',
      labels: { team: 'shop' },
      interval: Duration.minutes(1),
      queryOffset: Duration.seconds(30),
      partialResponseStrategy: PartialResponseStrategy.WARN,
      limit: 10,
      rules: [
        MonitoringRule.record('job:up:sum', 'sum by (job) (up)', { labels: { kind: 'sum' } }),
        MonitoringRule.alert('Down', 'job:up:sum == 0', {
          forDuration: Duration.minutes(5), keepFiringFor: Duration.minutes(10), labels: { severity: 'critical' }, annotations: { summary: '{{ $labels.job }} is down' },
        }),
      ],
    }],
  }).addGroup({ name: 'more', rules: [MonitoringRule.alert('Bare', 'vector(1)')] }));
  expect(object).toEqual({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'shop', namespace: 'shop', labels: { release: 'prometheus' } },
    spec: {
      groups: [
        {
          name: 'shop',
          labels: { team: 'shop' },
          interval: '1m',
          query_offset: '30s',
          partial_response_strategy: 'warn',
          limit: 10,
          rules: [
            { record: 'job:up:sum', expr: 'sum by (job) (up)', labels: { kind: 'sum' } },
            {
              alert: 'Down',
              expr: 'job:up:sum == 0',
              for: '5m',
              keep_firing_for: '10m',
              labels: { severity: 'critical' },
              annotations: { summary: '{{ $labels.job }} is down' },
            },
          ],
        },
        { name: 'more', rules: [{ alert: 'Bare', expr: 'vector(1)' }] },
      ],
    },
  });
});

test.each<[string, Partial<PrometheusRuleGroup>, string]>([
  ['a group without a name', { name: '' }, 'name of a group must not be empty'],
  ['a group without rules', { rules: [] }, "group 'shop' needs at least one rule, got none"],
  ['a negative limit', { limit: -1 }, "limit of group 'shop' must be a whole number of at least 0, got -1"],
  ['no time between evaluations', { interval: Duration.seconds(0) }, "interval of group 'shop' must be more than nothing, got 0s"],
  ['a label that is none', { labels: { 'a-b': 'c' } }, "labels of group 'shop' must have names of letters, digits and _, got 'a-b'"],
])('%s is refused', (_, group, message) => {
  expect(() => rule(group)).toThrow(new Error(`PrometheusRule 'shop': ${message}`));
});

test('a group that is there already is refused', () => {
  expect(() => synth(chart => new PrometheusRule(chart, 'Rule', { metadata: { name: 'shop' } }).addGroup({ name: 'a', rules: [up] }).addGroup({ name: 'a', rules: [up] }))).toThrow(
    new Error("PrometheusRule 'shop': there is a group 'a' already: choose another name"));
});

test('no groups are refused in the end', () => {
  const app = new App();
  new PrometheusRule(new Chart(app, 'test'), 'Rule', { metadata: { name: 'shop' } });
  expect(() => app.synth()).toThrow("PrometheusRule 'shop' has no groups: pass groups, or use addGroup");
});

test.each([
  ['a series whose name is none', () => MonitoringRule.record('a-b', 'up'), "name of a recorded series must be letters, digits, _ and :, got 'a-b'"],
  ['no expression', () => MonitoringRule.record('a', ' '), "expression of 'a' must not be empty"],
  ['an alert without a name', () => MonitoringRule.alert('', 'up'), 'name of an alert must not be empty'],
  ['an annotation that is none', () => MonitoringRule.alert('A', 'up', { annotations: { 'a b': '' } }), "annotations of 'A' must have names of letters, digits and _, got 'a b'"],
  ['a label that is none', () => MonitoringRule.record('a', 'up', { labels: { 1: '' } }), "labels of 'a' must have names of letters, digits and _, got '1'"],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});
