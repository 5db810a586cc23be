/** `playcaller recover FILE`: what to run again when tasks of a plan failed (B6). */
import { loadRecovery } from '../config/load-recovery.ts';
import { planRecovery } from '../decide/recover/plan-recovery.ts';
import { recoveryPrompt } from '../render/plan/recovery-prompt.ts';
import { recoveryText } from '../render/plan/recovery-text.ts';
import { faultText, formatOf, readText } from './input-file.ts';
import { withoutCycles } from './plan.ts';
import { safeJson } from './safe-json.ts';
import { parseWords, UsageFault } from './usage-fault.ts';

const HELP = `Usage: playcaller recover <file> [--json]

Tells whether to resume, to rerun only what failed, or to restart; what runs again, what is kept, what that
saves, and the prompt for each failed task. The file is a plan's (see playcaller plan --help), and tells also

  {"tasks": […], "done": ["schema"], "failed": [{"id": "api", "error": "…", "kind": "syntax"}]}

  done      ids of the tasks that are done
  running   ids of those that run now, optional
  failed    id, and optional: error (what it said), kind, attempts (recoveries of it that failed already)
  kind      syntax        it does not parse or compile
            logic         it runs and does the wrong thing
            tests         its checks fail
            environment   a tool, the network or a limit failed, not the work
            architecture  its design is at fault, and so perhaps what builds on it
            unknown       nobody looked yet (the default)

A task may have a prompt (what the agent was told) and tokens ({"planner": "1k", "coder": 0, "validator": 800}).
- reads the file from standard input.

  --json    the recovery as data: outcome, rerun, kept, next, cost, decisions, prompts and more

Exit code 0: planned, 2: wrong use, or a file with faults; each is named with its field.
`;

const OPTIONS = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** @returns 0. @throws {UsageFault} */
export async function recoverCommand(argv: string[]): Promise<number> {
  const { values, positionals } = parseWords(argv, OPTIONS, 1);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined) throw new UsageFault('name a file with a plan and what failed, or - for standard input. See --help.');
  const loaded = loadRecovery({ text: readText(file), format: formatOf(file) });
  if ('faults' in loaded) throw new UsageFault(faultText(file, loaded.faults));
  const { facts } = loaded;
  withoutCycles(file, facts.tasks);
  const plan = planRecovery(facts);
  if (!values.json) {
    process.stdout.write(recoveryText(plan, facts));
    return 0;
  }
  const tasks = new Map(facts.tasks.map((task) => [task.id, task]));
  const prompts = facts.failed.map(({ id, error, kind }) => {
    const task = tasks.get(id);
    return { id, prompt: recoveryPrompt({ title: task?.title ?? id, prompt: task?.prompt ?? null, error, kind }) };
  });
  process.stdout.write(safeJson({ ...plan, prompts }));
  return 0;
}
