/** What the emulator sends back: a status and at most one body. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. Absent means an empty body. */
  readonly json?: unknown;
  /** Sent as it is; wins over `json`. */
  readonly text?: { readonly type: string; readonly content: string };
  /** Sent as they are, with the headers above; win over both. */
  readonly bytes?: Buffer;
}

/** Instead of an answer: the connection is to be closed without one. */
export const CUT = Symbol('cut');

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, json: body, headers };
}

/** An answer without a body. */
export function empty(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers };
}

/** Thrown by a handler that refuses: whatever it changed before is undone and the answer is sent. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with ${answer.status}`);
    this.name = 'Refusal';
  }
}
