/** A log of API calls, so that tests can count what an app asks of GitHub. */

export interface LoggedCall {
  at: string;
  /** Login; `app:<id>` for a JWT; null for nobody. */
  actor: string | null;
  method: string;
  /** With query. */
  path: string;
  /** Name of the GraphQL operation, or `anonymous`. */
  operation: string | null;
  status: number;
}

export interface CallLog {
  add(call: LoggedCall): void;
  clear(): void;
  /** All calls and how many each actor made. */
  report(actor: string | null): { total: number; byActor: Record<string, number>; calls: LoggedCall[] };
}

const kept = 50_000;

export function createCallLog(): CallLog {
  let calls: LoggedCall[] = [];
  return {
    add(call) {
      calls.push(call);
      if (calls.length > kept) calls = calls.slice(-kept / 2);
    },
    clear() {
      calls = [];
    },
    report(actor) {
      const found = actor === null ? calls : calls.filter((call) => call.actor === actor);
      const byActor: Record<string, number> = {};
      for (const call of found) byActor[call.actor ?? 'anonymous'] = (byActor[call.actor ?? 'anonymous'] ?? 0) + 1;
      return { total: found.length, byActor, calls: found };
    },
  };
}
