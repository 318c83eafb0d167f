import { Chart, Size } from 'cdk8s';
import { EveryForm } from './every-form';

/** Bodies that may be so long and no longer. */
export function bodies(chart: Chart): void {
  const forms = new EveryForm(chart);
  forms.make('every', edge => edge.limitBody(Size.kibibytes(4)));
  forms.make('some', edge => edge.limitBody(Size.kibibytes(4), { hosts: ['*.blog.example.com', 'plain.example.com'] }).limitBody(Size.mebibytes(2), { hosts: ['shop.example.com'] }));
}
