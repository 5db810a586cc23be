/** The shape of a persona file (`personas/<name>.yml`), as people write it (L11). */
import { z } from 'zod';

const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const line = (max: number) => z.string().trim().min(1).max(max).regex(ONE_LINE, 'must be one line without control characters');

export const personaSchema = z.strictObject({
  name: z
    .string()
    .max(30)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case: lower-case letters and digits, joined by "-"')
    .describe('Short name, as in `/session persona dana`.'),
  title: line(100).describe('Name for people.'),
  lens: line(200).describe('What it looks at, in a phrase.'),
  questions: z
    .array(line(500))
    .min(1)
    .max(30)
    .superRefine((questions, context) => {
      for (const [index, question] of questions.entries()) {
        if (questions.indexOf(question) < index) context.addIssue({ code: 'custom', path: [index], message: 'stands twice' });
      }
    })
    .describe('Each becomes a box to tick.'),
});
