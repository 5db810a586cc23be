/** Reasons to stop at the start, said so that whoever runs the app can mend them. */

/** Waiting does not help. The message is for a person, without a stack trace. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
