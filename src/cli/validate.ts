import { Command, Option } from 'commander';
import { formatJson } from './format-json';
import { formatSarif } from './format-sarif';
import { formatText, formatUnchecked } from './format-text';
import { ExitStatus, Output } from './output';
import { readFiles } from '../manifests/file-reader';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';
import { IstioVersion } from '../semantics/istio-version';
import { Release } from '../validation/release';
import { checkManifests, Report } from '../validation/report';

const FORMATS: { readonly [name: string]: (report: Report) => string } = { text: formatText, json: formatJson, sarif: formatSarif };

const HELP = `
PATH is a file of YAML or JSON, or a folder with all such files in it; - is the standard input:
  helm template . | cdk8s-mesh validate -

Exit status: 0 without findings, 1 with findings, 2 for wrong usage or a file that cannot be read.`;

interface Options {
  readonly gatewayApiBundle: GatewayApiBundle;
  readonly channel: GatewayApiChannel;
  readonly istio: IstioVersion;
  readonly output: string;
}

/** Adds `validate`: what the API server would say of manifests. */
export function addValidate(program: Command, output: Output, end: (status: ExitStatus) => void): void {
  program.command('validate')
    .description('say what the API server would refuse or drop of manifests')
    .argument('<path...>', 'files and folders')
    .addOption(new Option('--channel <channel>', 'channel of the Gateway API that the cluster has').choices(Object.values(GatewayApiChannel)).default(GatewayApiChannel.STANDARD))
    .addOption(new Option('--gateway-api-bundle <bundle>', 'release of the Gateway API that the cluster has').choices(Object.values(GatewayApiBundle)).default(GatewayApiBundle.V1_7))
    .addOption(new Option('--istio <release>', 'release of Istio that the cluster runs').choices(Object.values(IstioVersion)).default(IstioVersion.V1_31))
    .addOption(new Option('-o, --output <format>', 'how to write the findings').choices(Object.keys(FORMATS)).default('text'))
    .addHelpText('after', HELP)
    .action((paths: string[], options: Options) => {
      const release: Release = { bundle: options.gatewayApiBundle, channel: options.channel, istio: options.istio };
      const report = checkManifests(readFiles(paths), () => release);
      output.out(FORMATS[options.output](report));
      // The other formats are for programs, and have no place for it.
      if (options.output !== 'text' && report.unchecked.size > 0) {
        output.err(`${formatUnchecked(report.unchecked)}\n`);
      }
      end(report.incomplete ? ExitStatus.TROUBLE : report.findings.length > 0 ? ExitStatus.FINDINGS : ExitStatus.CLEAN);
    });
}
