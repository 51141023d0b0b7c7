/** Message channels as in Electron's main process; a port can be transferred to a page or to another process. */
import { EventEmitter } from "node:events";

export class PortDouble extends EventEmitter {
  #peer: PortDouble | undefined;
  #isStarted = false;
  #isClosed = false;
  #waiting: unknown[] = [];

  static pair(): readonly [PortDouble, PortDouble] {
    const ports = [new PortDouble(), new PortDouble()] as const;
    ports[0].#peer = ports[1];
    ports[1].#peer = ports[0];
    return ports;
  }

  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data);
    const peer = this.#peer;
    setImmediate(() => peer !== undefined && PortDouble.#give(peer, copy));
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit("message", { data, ports: [] });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const peer = this.#peer;
    setImmediate(() => {
      this.emit("close");
      peer?.close();
    });
  }

  static #give(port: PortDouble, data: unknown): void {
    if (port.#isClosed) return;
    if (port.#isStarted) port.emit("message", { data, ports: [] });
    else port.#waiting.push(data);
  }
}

export class MessageChannelDouble {
  readonly port1: PortDouble;
  readonly port2: PortDouble;

  constructor() {
    [this.port1, this.port2] = PortDouble.pair();
  }
}
