/** `playcaller doctor`: looks at everything that the app needs, and tells how to put right what is wrong. */
import { environmentNow } from './app-environment.ts';
import { examine } from './doctor/examine.ts';
import { doctorReport } from './doctor/report.ts';
import { safeJson } from './safe-json.ts';
import { parseOptions } from './usage-fault.ts';

const HELP = `Usage: playcaller doctor [--json]

Looks at the environment, the clock, the GitHub App's key, permissions, events and installations, the webhook and what
GitHub saw of it, and the store. It takes the app's environment (and .env), may run while the app is stopped or running,
and changes nothing but one heartbeat in the store. No secret is printed.

  --json   the findings as data: {"healthy", "findings": [{"level", "check", "text", "mend"}]}

Exit code: 0 when nothing is wrong (warnings are not), 1 when something is, 2 for wrong use.
`;

/** Exit codes: 0 no fault, 1 a fault, 2 wrong use. */
export async function doctorCommand(argv: string[]): Promise<number> {
  const values = parseOptions(argv, { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const findings = await examine(environmentNow);
  const healthy = findings.every(({ level }) => level !== 'fault');
  process.stdout.write(values.json ? safeJson({ healthy, findings }) : doctorReport(findings));
  return healthy ? 0 : 1;
}
