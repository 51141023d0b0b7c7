/** Gives a plain Node process the `parentPort` of a utility process; received ports are ends of message channels. */
import { EventEmitter } from "node:events";

class Port extends EventEmitter {
  #id;
  #isStarted = false;
  #waiting = [];

  constructor(id) {
    super();
    this.#id = id;
  }

  postMessage(data) {
    process.send?.({ port: this.#id, data });
  }

  start() {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit("message", { data, ports: [] });
  }

  take(data) {
    if (this.#isStarted) this.emit("message", { data, ports: [] });
    else this.#waiting.push(data);
  }

  close() {
    process.send?.({ port: this.#id, isClosed: true });
    this.emit("close");
  }
}

const ports = new Map();
const parentPort = new EventEmitter();
parentPort.postMessage = (data) => process.send?.({ data });
Object.defineProperty(process, "parentPort", { value: parentPort });

process.on("message", (message) => {
  if (message.port === undefined) {
    const own = message.ports.map((id) => {
      const port = new Port(id);
      ports.set(id, port);
      return port;
    });
    parentPort.emit("message", { data: message.data, ports: own });
  } else if (message.isClosed) ports.get(message.port)?.emit("close");
  else ports.get(message.port)?.take(message.data);
});
// A utility process ends with the program that started it.
process.on("disconnect", () => process.exit(0));
