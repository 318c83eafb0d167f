import { Command, CommanderError } from 'commander';
import { ExitStatus, Output } from './output';
import { packageVersion } from './package-version';
import { addValidate } from './validate';

/** Runs what the arguments say, and gives the exit status. */
export function runCommand(args: readonly string[], output: Output): number {
  let status = ExitStatus.CLEAN;
  const program = new Command('cdk8s-mesh')
    .description('Checks manifests of service meshes')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err });
  addValidate(program, output, result => status = result);
  try {
    program.parse(args, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      output.err(`cdk8s-mesh: ${(error as Error).message}\n`);
      return ExitStatus.TROUBLE;
    }
    // Help and version that were asked for end with 0.
    return error.exitCode === 0 ? ExitStatus.CLEAN : ExitStatus.TROUBLE;
  }
}
