import { Testing } from 'cdk8s';
import { Deployment, LabelSelector } from 'cdk8s-plus-28';
import { WorkloadSelector } from '../../src';

test('a workload is known by the labels that it selects by', () => {
  // GIVEN
  const deployment = new Deployment(Testing.chart(), 'Web', { select: false, containers: [{ image: 'web' }] });

  // WHEN
  deployment.select(LabelSelector.of({ labels: { app: 'web' } }));

  // THEN
  expect(WorkloadSelector.workload(deployment).matchLabels).toEqual({ app: 'web' });
});

test('labels are kept as they were', () => {
  const labels = { app: 'web' };
  const selector = WorkloadSelector.labels(labels);
  labels.app = 'other';
  expect(selector.matchLabels).toEqual({ app: 'web' });
});

test.each([
  [{}, 'a workload selector needs at least one label, got none: leave the selector out to mean every workload'],
  [{ '': 'web' }, 'labels of a workload selector must be Kubernetes labels (key and value of at most 63 letters, digits and inner -_.), got \': web\''],
  [{ 'a*': 'web' }, 'got \'a*: web\''],
  [{ app: '*' }, 'got \'app: *\''],
  [{ app: 'a'.repeat(64) }, 'labels of a workload selector must be Kubernetes labels'],
  [{ app: 'two words' }, 'got \'app: two words\''],
])('%j is refused', (labels, message) => {
  expect(() => WorkloadSelector.labels(labels)).toThrow(message);
});
