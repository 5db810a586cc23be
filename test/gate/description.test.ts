/** Gate item "description": headings as people write them, and sections that only look filled. */
import { describe, expect, it } from 'vitest';
import { description } from '../../src/decide/gate/description.ts';
import { BODY, facts, playbook, pull, session } from './facts.ts';

const feature = { session: session({ type: 'feature' }), playbook: playbook({ type: 'feature' }) };
const of = (body: string, options = {}) => description.check(facts({ ...feature, pull: pull({ body }) }), options);

/** All sections; those given are replaced. */
function body(parts: Partial<Record<'what' | 'risk' | 'testing' | 'rollout' | 'rollback', string>>): string {
  const all = { what: 'It was broken.', risk: 'Low.', testing: 'npm test', rollout: 'None', rollback: 'Revert it.', ...parts };
  const heads = { what: 'What and why', risk: 'Risk', testing: 'Testing', rollout: 'Rollout', rollback: 'Rollback' };
  return Object.entries(all)
    .map(([id, text]) => `## ${heads[id as keyof typeof heads]}\n\n${text}\n`)
    .join('\n');
}

describe('headings', () => {
  it('wants the five, and the root cause of a bug-fix', () => {
    expect(of(body({})).status).toBe('pass');
    const bug = description.check(facts({ pull: pull({ body: body({}) }) }), {});
    expect(bug).toMatchObject({ status: 'fail', evidence: 'Missing: Root cause' });
    expect(description.check(facts({ pull: pull({ body: BODY }) }), {}).status).toBe('pass');
  });

  it('names each missing section and how to fill it', () => {
    const result = of('');
    expect(result.status).toBe('fail');
    for (const name of ['What and why', 'Risk', 'Testing', 'Rollout', 'Rollback']) {
      expect(result.evidence).toContain(name);
      expect(result.mend).toContain(`## ${name}`);
    }
  });

  it.each([
    ['any level', '# What\na b\n### Risk\nlow\n###### Testing\nnpm test\n#### Rollout\nnone\n## Rollback\nrevert it'],
    ['synonyms', '## Summary\na b\n## Impact\nlow\n## Test plan\nnpm test\n## Deployment\nnone\n## Revert plan\nrevert it'],
    [
      'questions',
      '## Why?\na b\n## Risks:\nlow\n## How has this been tested?\nnpm test\n## Roll-out\nnone\n## Roll-back\nrevert it',
    ],
    ['two in one', '## What & why\na b\n## Risk and testing\nlow; npm test\n## Rollout & rollback\nflag off, then revert'],
    [
      'numbers and emoji',
      '## 1. What and why\na b\n## 2. ⚠️ Risk\nlow\n## :test_tube: Testing\nnpm test\n## **Rollout**\nnone\n## `Rollback`\nrevert it',
    ],
    [
      'underlined',
      'What and why\n===\na b\n\nRisk\n---\nlow\n\nTesting\n---\nnpm test\n\nRollout\n---\nnone\n\nRollback\n---\nrevert it',
    ],
    ['CRLF', body({}).replaceAll('\n', '\r\n')],
    ['a roof above', `# Description\n\n${body({})}`],
    ['content in sub-headings', body({ risk: '### Data\nnone is touched by this\n### Users\nfew' })],
    [
      'lists, tables, code, images',
      body({
        what: '- a b\n  - c',
        risk: '| a | b |\n| - | - |\n| c | d |',
        testing: '```\nnpm test\n```',
        rollback: '![steps](https://x.example/y.png)',
      }),
    ],
    ['ticked boxes', body({ testing: '- [x] unit tests\n- [ ] e2e' })],
    ['details', body({ what: '<details><summary>Long story</summary>\n\nIt broke.\n\n</details>' })],
  ])('reads %s', (_name, text) => expect(of(text)).toMatchObject({ status: 'pass' }));

  it.each([
    ['in a fence', `${body({}).replace('## Risk', 'x')}\n\`\`\`\n## Risk\nlow\n\`\`\``],
    ['in a comment', `${body({}).replace('## Risk', 'x')}\n<!--\n## Risk\nlow\n-->`],
    ['in a quote', `${body({}).replace('## Risk', 'x')}\n> ## Risk\n> low`],
    ['without a blank after the hashes', body({}).replace('## Risk', '##Risk')],
    ['of another word', body({}).replace('## Risk', '## Riskless')],
    ['called release notes', body({}).replace('## Rollout', '## Release notes')],
  ])('does not count a heading %s', (_name, text) => {
    expect(of(text)).toMatchObject({ status: 'fail', evidence: expect.stringMatching(/^Missing: (Risk|Rollout)$/) });
  });

  it('takes further headings from the configuration', () => {
    const text = body({}).replace('## Risk', '## Gefahren!');
    expect(of(text).status).toBe('fail');
    expect(of(text, { sections: { risk: ['Gefahren'] } }).status).toBe('pass');
  });
});

describe('content', () => {
  it.each([
    ['nothing', ''],
    ['a comment', '<!-- what could go wrong? -->'],
    ['a long comment', '<!--\n\nfirst\n\nsecond\n-->'],
    ['TODO', 'TODO'],
    ['TBD in a list', '- TBD\n- tbc.'],
    ['dots', '...'],
    ['a dash', '-'],
    ['an instruction in italics', '_Describe what could go wrong, and for whom._'],
    ['an instruction in brackets', '[Please describe the risk]'],
    ['a tag', '<br>'],
    ['a link definition', '[x]: https://x.example'],
    ['bare none', 'None.'],
    ['bare n/a', 'N/A'],
    ['a dressed-up none', '**None** at all'],
    ['the next section', '\n## Something else\ntext'],
  ])('does not count %s', (_name, text) => {
    expect(of(body({ risk: text }))).toMatchObject({ status: 'fail', evidence: expect.stringContaining('Risk: ') });
  });

  it.each([
    ['a word', 'Low'],
    ['none with its reason', 'None: only the README changed.'],
    ['n/a with its reason', 'N/A, docs only'],
    ['a sentence with TODO in it', 'The TODO list page may load slower.'],
    ['italics that say something', '_Low, one reducer._'],
    ['an unticked plan', '- [ ] watch the error rate after the release'],
  ])('counts %s', (_name, text) => expect(of(body({ risk: text })).status).toBe('pass'));

  it('takes a bare none for Rollout only, and wants a tick under Testing', () => {
    expect(of(body({ rollout: 'n/a' })).status).toBe('pass');
    expect(of(body({ rollback: 'none' })).evidence).toBe('Rollback: says none, but not why');
    expect(of(body({ testing: '- [ ] unit tests\n- [ ] e2e' })).evidence).toBe('Testing: only boxes that nobody ticked');
  });

  it('takes the filled one of two sections with the same name', () => {
    expect(of(`${body({ risk: '' })}\n## Risk\nLow`).status).toBe('pass');
  });
});

describe('hostile bodies', () => {
  it.each([
    ['quotes in quotes', '>'.repeat(65_000)],
    ['lists in lists', '- '.repeat(32_000)],
    ['numbers', '1. '.repeat(20_000)],
    ['indented lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['brackets', '['.repeat(65_000)],
    ['stars', '*a '.repeat(20_000)],
    ['headings', '## Risk\n'.repeat(8_000)],
    ['an open comment', `<!-- ${'x'.repeat(65_000)}`],
    ['pipes', '|'.repeat(65_000)],
    ['zero bytes', '\u0000'.repeat(1000)],
  ])('answers for %s', (_name, text) => {
    const result = of(text);
    expect(result.status).toBe('fail');
    expect(result.evidence.length).toBeLessThan(2000);
  });
});
