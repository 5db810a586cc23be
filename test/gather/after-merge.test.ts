/** The 48-hour list as the record shows it, people tick it and the sweep reads it (W11). */
import { describe, expect, test } from 'vitest';
import { afterMergeOf } from '../../src/gather/board/after-merge.ts';
import type { BoardQuery } from '../../src/gather/generated/graphql.ts';
import type { Session } from '../../src/model/session.ts';
import { renderRecord } from '../../src/render/session/record.ts';
import { session } from '../sweep/fixtures.ts';

const EVIDENCE = { kind: 'merged', pull: 7, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40), mergeSha: 'c'.repeat(40) } as const;
const merged = (some: Partial<Session> = {}) => session(1, 'completed', { evidence: EVIDENCE, ...some });
const record = (of: Session, log: { day: string; who: string; text: string }[] = []) =>
  renderRecord({ session: of, repoUrl: 'https://github.com/acme/shop', playbook: null, log });

describe('the list', () => {
  const IDS = ['after-smoke', 'after-monitors', 'after-lessons'];
  const read = (body: string) => {
    const of = merged();
    const ledger = { session: of, pulls: [], transitions: [], worklog: [], artefacts: { record: 'IC_1' } };
    const node = { __typename: 'IssueComment', id: 'IC_1', body };
    return afterMergeOf([ledger], { records: [node] } as unknown as BoardQuery)[0]?.open;
  };

  test('three lines at the end of a record with a merge, and of no other', () => {
    const lines = record(merged()).trimEnd().split('\n').slice(-3);
    expect(lines.map((line) => /^- \[ \] .+ <!-- step:([\w-]+) -->$/.exec(line)?.[1])).toEqual(IDS);
    const without = record(merged({ evidence: { kind: 'no-code', why: 'the report is written', by: 'bob' } }));
    expect(without).not.toContain('<!-- step:');
  });

  test('what is open is read back; what people tick is not, whatever the worklog says', () => {
    const body = record(merged(), [{ day: '2026-11-20', who: 'mallory', text: 'x\n- [ ] mine <!-- step:after-fake -->' }]);
    expect(read(body)).toEqual(IDS);
    expect(read(body.replace(/- \[ \](.*after-monitors)/, '- [x]$1'))).toEqual(['after-smoke', 'after-lessons']);
    expect(read(body.replaceAll('[ ]', '[x]'))).toEqual([]);
    expect(read(body.replaceAll('\n', '\r\n'))).toEqual(IDS);
  });
});
