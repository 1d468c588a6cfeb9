import type { ServerResponse } from 'node:http';

/** Undefined when nothing has to be waited for. */
type Wait = () => Promise<void> | undefined;

/**
 * Holds an answer back until what it tells is durable: the first byte, headers included, leaves after `wait` has
 * resolved. Answers to reads pass through the same gate, so that nobody is told of another client's write that may still
 * be lost.
 *
 * When `wait` rejects, the connection is cut: whether the write will last is not known, and the client has to look.
 */
export function holdAnswer(response: ServerResponse, wait: Wait, onFailure: (error: unknown) => void): void {
  new Gate(response, wait, onFailure).install();
}

class Gate {
  readonly #response: ServerResponse;
  readonly #wait: Wait;
  readonly #onFailure: (error: unknown) => void;
  readonly #held: (() => void)[] = [];
  readonly #write: ServerResponse['write'];
  readonly #end: ServerResponse['end'];
  #isWaiting = false;

  constructor(response: ServerResponse, wait: Wait, onFailure: (error: unknown) => void) {
    this.#response = response;
    this.#wait = wait;
    this.#onFailure = onFailure;
    this.#write = response.write.bind<ServerResponse['write']>(response);
    this.#end = response.end.bind<ServerResponse['end']>(response);
  }

  install(): void {
    // The overloads of write and end are handed on as they come.
    this.#response.write = ((...args: Parameters<ServerResponse['write']>) => {
      if (this.#isOpen()) return this.#write(...args);
      this.#held.push(() => this.#write(...args));
      // "Full": whoever streams into it waits for the drain that comes after the opening.
      return false;
    }) as ServerResponse['write'];
    this.#response.end = ((...args: Parameters<ServerResponse['end']>) => {
      if (this.#isOpen()) return this.#end(...args);
      this.#held.push(() => this.#end(...args));
      return this.#response;
    }) as ServerResponse['end'];
  }

  /** Asks once what has to be waited for; with nothing to wait for the gate is out of the way at once. */
  #isOpen(): boolean {
    if (this.#isWaiting) return false;
    const pending = this.#wait();
    if (pending === undefined) {
      this.#open();
      return true;
    }
    this.#isWaiting = true;
    pending.then(
      () => this.#open(),
      (error: unknown) => this.#fail(error),
    );
    return false;
  }

  #open(): void {
    this.#response.write = this.#write;
    this.#response.end = this.#end;
    for (const call of this.#held) call();
    if (this.#held.length > 0 && !this.#response.writableEnded && !this.#response.writableNeedDrain)
      this.#response.emit('drain');
  }

  #fail(error: unknown): void {
    this.#onFailure(error);
    this.#response.destroy();
  }
}
