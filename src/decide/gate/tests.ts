/** Gate item: code does not change without a test that changes with it (G2). */
import type { ItemResult } from '../../model/verdict.ts';
import * as words from '../../render/gate/tests.ts';
import { codeKinds, gainsLines, testsAreInside } from './code-kinds.ts';
import { fail, type GateFacts, type GateItem, notApplicable, pass } from './types.ts';

export const tests: GateItem = { id: 'tests', title: words.title, defaultLevel: 'required', events: ['pull_request'], check };

function check({ pull }: GateFacts, options: Record<string, unknown>): ItemResult {
  const { isTest, wantsTest } = codeKinds(options);
  const testFiles = pull.files.filter((file) => isTest(file.path) && gainsLines(file)).map(({ path }) => path);
  const code = pull.files.filter(({ path }) => wantsTest(path));
  const changed = code.filter(gainsLines).map(({ path }) => path);
  if (changed.length > 0 && testFiles.length > 0) return pass(words.covered(changed.length, testFiles));
  if (pull.filesTotal > pull.files.length) {
    return fail(words.unlisted(pull.files.length, pull.filesTotal), words.mendUnlisted);
  }
  if (changed.length === 0) return notApplicable(code.length > 0 ? words.onlyRemoved : words.noCode);
  if (testsAreInside(changed)) return pass(words.inline(changed));
  return fail(words.uncovered(changed), words.mend);
}
