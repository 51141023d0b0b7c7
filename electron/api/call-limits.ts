/**
 * How much one caller may have open at once, on every transport: one person with one socket must not keep the station from
 * everybody else. People are counted by their account; before signing in, by their address.
 */
import { ArchivistError } from "../contract/errors.ts";

/** Far more than the screens of several windows need: one has some ten streams, and a few calls in flight. */
const maxCalls = 100;
const maxStreams = 100;
/** One window. */
const maxStreamsOfConnection = 40;

export class CallLimits {
  readonly #calls = new Map<string, number>();
  readonly #streams = new Map<string, number>();
  readonly #connections = new WeakMap<object, number>();

  /** Counts a call that has begun. @returns called when it has ended. @throws ArchivistError `call.too-many` */
  takeCall(caller: string): () => void {
    return take(this.#calls, caller, maxCalls);
  }

  /**
   * Counts a stream that is open.
   * @param connection that it belongs to: an object of the transport; undefined: a connection of its own
   * @returns called when it has ended. @throws ArchivistError `call.too-many`
   */
  takeStream(caller: string, connection: object | undefined): () => void {
    const own = connection === undefined ? 0 : (this.#connections.get(connection) ?? 0);
    if (own >= maxStreamsOfConnection) throw new ArchivistError("call.too-many");
    const release = take(this.#streams, caller, maxStreams);
    if (connection === undefined) return release;
    this.#connections.set(connection, own + 1);
    return () => {
      release();
      this.#connections.set(connection, (this.#connections.get(connection) ?? 1) - 1);
    };
  }
}

/** The returned function counts down once, however often it is called. */
function take(counts: Map<string, number>, key: string, most: number): () => void {
  const count = counts.get(key) ?? 0;
  if (count >= most) throw new ArchivistError("call.too-many");
  counts.set(key, count + 1);
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    const left = (counts.get(key) ?? 1) - 1;
    if (left <= 0) counts.delete(key);
    else counts.set(key, left);
  };
}
