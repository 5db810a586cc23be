/** The line by which a pull request names its session. */
import { expect, it } from 'vitest';
import { sessionLine } from '../../src/gather/session-line.ts';

const ID = '2026-11-21-cart-total';

it.each([
  [`Session: ${ID}`, ID],
  [`What and why\n\nSession: ${ID}\n\nMore`, ID],
  [`Session: ${ID}\r\nMore`, ID],
  [`session: ${ID}`, ID],
  [`  Session:   ${ID}  `, ID],
  [`- Session: ${ID}`, ID],
  [`**Session:** ${ID}`, ID],
  [`Session: \`${ID}\``, ID],
  [`Session: session/${ID}`, ID],
  [`Session: \`session/${ID}\``, ID],
  [`Session: ${ID}\nSession: 2026-11-21-second`, ID],
  ['', null],
  ['Session: none yet', null],
  [`Session: ${ID} and more`, null],
  [`See Session: ${ID}`, null],
  [`<!-- Session: ${ID} -->`, null],
  [`<!--\nSession: ${ID}\n-->`, null],
  ['Session: 21-11-2026-cart-total', null],
  [`Sessions: ${ID}`, null],
])('%j → %j', (body, id) => {
  expect(sessionLine(body)).toBe(id);
});
