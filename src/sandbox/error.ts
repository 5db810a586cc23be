/** The one error of the sandbox: what GitHub would refuse, with its status. */

export interface FieldError {
  resource: string;
  field?: string;
  /** GitHub's codes: `missing`, `missing_field`, `invalid`, `already_exists`, `unprocessable`, `custom`, `too_long`. */
  code: string;
  message?: string;
  value?: unknown;
}

/** A refusal. REST answers with its status; GraphQL maps it to an error of `type` NOT_FOUND, FORBIDDEN or UNPROCESSABLE. */
export class SandboxError extends Error {
  readonly status: number;
  readonly errors: (FieldError | string)[] | undefined;

  constructor(status: number, message: string, errors?: (FieldError | string)[]) {
    super(message);
    this.name = 'SandboxError';
    this.status = status;
    this.errors = errors;
  }
}

export function notFound(message = 'Not Found'): SandboxError {
  return new SandboxError(404, message);
}

/** 422 as GitHub words it. */
export function invalid(resource: string, field: string, code: string, message?: string, value?: unknown): SandboxError {
  const detail: FieldError = { resource, field, code };
  if (message !== undefined) detail.message = message;
  if (value !== undefined) detail.value = value;
  return new SandboxError(422, 'Validation Failed', [detail]);
}

/** Cuts off what GitHub cuts off: nothing. Too long is refused. */
export function checkLength(resource: string, field: string, value: string | null | undefined, limit: number): void {
  if (value && value.length > limit) {
    throw invalid(resource, field, 'too_long', `${field} is too long (maximum is ${limit} characters)`);
  }
}
