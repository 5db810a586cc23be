#!/usr/bin/env node
/** The command line: finds the command and runs it. Each one is loaded only when it is asked for. */
import { UsageFault } from './usage-fault.ts';

interface Command {
  does: string;
  /** @returns a loader of the function that runs it and gives the exit code. */
  load(): Promise<(argv: string[]) => Promise<number>>;
}

const COMMANDS: Record<string, Command> = {
  start: { does: 'runs the app, configured by its environment', load: async () => (await import('./start.ts')).startCommand },
  demo: {
    does: 'runs the app against a local GitHub; --once plays the story',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  prompt: {
    does: 'fills a prompt pattern with values, or lists the patterns',
    load: async () => (await import('./prompt.ts')).promptCommand,
  },
  validate: {
    does: "checks a repository's configuration and playbooks",
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  sweep: {
    does: 'tells what to ship first and what to start next: of a file of sessions, or of a repository, which it sweeps',
    load: async () => (await import('./sweep.ts')).sweepCommand,
  },
  plan: {
    does: 'tells which tasks of a file may run at once, and which link costs most',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  recover: {
    does: 'tells what to run again when tasks of a plan failed, and what that saves',
    load: async () => (await import('./recover.ts')).recoverCommand,
  },
  replay: {
    does: 'shows work that was put aside, puts it back, and fetches deliveries that were missed',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  rebuild: {
    does: 'makes an emptied ledger again from GitHub alone',
    load: async () => (await import('./rebuild.ts')).rebuildCommand,
  },
  explain: {
    does: 'tells what the readiness gate says of a pull request, and why',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  doctor: {
    does: 'looks at credentials, permissions, webhook and store, and tells how to put right what is wrong',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  sandbox: { does: 'runs the local GitHub alone', load: async () => (await import('./sandbox.ts')).sandboxCommand },
};

const HELP = `Usage: playcaller <command> [options]

Commands:
${Object.entries(COMMANDS)
  .map(([name, { does }]) => `  ${name.padEnd(10)} ${does}`)
  .join('\n')}

playcaller <command> --help tells its options.
`;

/** Exit codes: 0 done, 1 a failed run, 2 wrong use. */
async function main([name, ...rest]: string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`${name === undefined ? 'Which command?' : `There is no command ${JSON.stringify(name)}.`}\n\n${HELP}`);
    return 2;
  }
  try {
    return await (await command.load())(rest);
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error;
    process.stderr.write(`playcaller ${name}: ${error.message}\n`);
    return 2;
  }
}

// `| head` closes the pipe when it has enough.
process.stdout.on('error', (error) => {
  if (!('code' in error && error.code === 'EPIPE')) throw error;
  process.exit();
});
process.exitCode = await main(process.argv.slice(2));
