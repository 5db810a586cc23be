/** The shape of a pattern file (`patterns/<name>.yml`), as people write it (B4). */
import { z } from 'zod';
import { TIERS } from '../model/pattern.ts';
import { VARIABLE_ID } from '../model/placeholders.ts';

const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const line = (max: number) => z.string().trim().min(1).max(max).regex(ONE_LINE, 'must be one line without control characters');

/** Line breaks and tabs are what a prompt is made of; other control characters would be copied along unseen. */
const PRINTABLE = /^(?:[^\p{Cc}]|[\n\t])*$/u;
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/\S/, 'must not be empty')
    .regex(PRINTABLE, 'must not hold control characters other than line breaks and tabs');

const tokens = z.int().min(0).max(1_000_000_000);

const variable = z.strictObject({
  id: z
    .string()
    .regex(VARIABLE_ID, 'must be 2 to 30 capital letters, digits and "_", beginning with a letter')
    .describe('As it stands in the brackets: ENTITY for [ENTITY].'),
  description: line(300).describe('What is to be filled in.'),
  example: line(300),
  default: text(1000).optional().describe('Filled in when nobody gives a value. Without it the value must be given.'),
});

export const patternSchema = z
  .strictObject({
    name: z
      .string()
      .max(40)
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case: lower-case letters and digits, joined by "-"')
      .describe('Short name, as in `/session prompt storage-crud`.'),
    title: line(100).describe('Name for people.'),
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be three numbers such as 1.0.0'),
    chooseFor: line(200).describe('When this is the right pattern, in a phrase.'),
    variables: z
      .array(variable)
      .min(1)
      .max(30)
      .superRefine((variables, context) => {
        const ids = variables.map(({ id }) => id);
        for (const [index, id] of ids.entries()) {
          if (ids.indexOf(id) < index)
            context.addIssue({ code: 'custom', path: [index, 'id'], message: `the variable ${id} stands twice` });
        }
      }),
    template: text(20_000).describe('The prompt. [NAME] stands for a variable; each is declared and used.'),
    validation: text(10_000).describe('What whoever checks the result runs and looks at; placeholders as in the template.'),
    deviate: z.array(line(500)).min(1).max(20).describe('When to leave the pattern aside, or to change it.'),
    baseline: z
      .strictObject(Object.fromEntries(TIERS.map((tier) => [tier, tokens])) as Record<(typeof TIERS)[number], typeof tokens>)
      .describe('Tokens that a run is reckoned to cost until there is a history.'),
  })
  .transform(({ variables, ...rest }) => ({
    ...rest,
    variables: variables.map((one) => ({ ...one, default: one.default ?? null })),
  }));
