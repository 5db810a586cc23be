/** `playcaller start`: the app as `npm start` runs it. */

const HELP = `Usage: playcaller start

Runs the app until SIGINT or SIGTERM. It is configured by environment variables: APP_ID, PRIVATE_KEY or
PRIVATE_KEY_PATH, WEBHOOK_SECRET, and for the rest see the README.
`;

/** The app sets the exit code itself when it ends. */
export async function startCommand(argv: string[]): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  await import('../main.ts');
  return Number(process.exitCode ?? 0);
}
