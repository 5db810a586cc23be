/** One due session of each kind, as the full board has them. */
import type { Duty } from '../../src/model/sweep.ts';
import {
  correctiveWords,
  deflakeWords,
  governanceWords,
  hardeningWords,
  rescueWords,
  retrospectiveWords,
  schedulerWords,
  unblockerWords,
} from '../../src/render/sweep/duty-words.ts';
import { fullBoard } from './golden-reports.ts';

export function dutyOf(kind: Duty['kind']): Duty {
  const { quality } = fullBoard().plan;
  const duties: Record<Duty['kind'], Pick<Duty, 'key' | 'title' | 'because'> & { category?: string }> = {
    governance: { key: 'governance:24', ...governanceWords(24, 12) },
    scheduler: { key: 'scheduler:30', ...schedulerWords(30, 30) },
    hardening: { key: 'hardening:#138', ...hardeningWords(138, false) },
    retrospective: { key: 'retrospective:#138', ...retrospectiveWords(138) },
    deflake: { key: 'deflake:e2e-checkout:24', ...deflakeWords('e2e (checkout)', quality.flaky[0] ?? null, null) },
    corrective: {
      key: 'corrective:data-integrity:24',
      ...correctiveWords('Data Integrity', quality.drift),
      category: 'Data Integrity',
    },
    rescue: { key: 'rescue:#104', ...rescueWords(104, 2) },
    unblocker: { key: 'unblocker:ci-stability:24', ...unblockerWords({ category: 'CI Stability' }, [106, 111]) },
  };
  return { category: null, ...duties[kind], kind, type: 'bug-fix', due: 26, issue: null, acts: true };
}
