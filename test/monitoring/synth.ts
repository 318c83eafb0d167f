import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';

/** The objects of a chart that a test fills. */
export function synth(fill: (chart: Construct) => void): any[] {
  const chart = new Chart(new App(), 'test');
  fill(chart);
  return Testing.synth(chart);
}
