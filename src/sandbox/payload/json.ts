/** JSON as the sandbox answers it. */

export type JsonValue = string | number | boolean | null | undefined | JsonValue[] | { [key: string]: JsonValue };
export type Json = { [key: string]: JsonValue };
