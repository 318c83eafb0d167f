import { runCommand } from './command';

// A reader such as `head` that has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit();
});
// The process ends by itself, so that a pipe gets all that was written.
process.exitCode = runCommand(process.argv.slice(2), { out: text => process.stdout.write(text), err: text => process.stderr.write(text) });
