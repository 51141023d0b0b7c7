/**
 * The line to the station: a WebSocket that comes back by itself. Calls wait for it; what was under way when it broke
 * fails, and whoever listens to live data asks again and gets a fresh snapshot.
 */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { create } from "zustand";
import type { Contract } from "../../electron/contract/api/contract.ts";

export type Client = ContractRouterClient<Contract>;

export type LineState = "connecting" | "open" | "broken" | "signed out";

export const useLine = create<{ readonly state: LineState }>(() => ({ state: "connecting" }));

const longestWaitMs = 5_000;
const shortestWaitMs = 250;

const socketUrl = (): string => {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/api/ws`;
};

/**
 * A socket as the library gets it, once it is open. To a broken one the library would still say that a stream is not
 * wanted any more, and throw where nobody can catch it. What is lost here is no call: those that are under way fail
 * when the socket closes, and later ones get the next socket.
 */
function forgiving(
  websocket: WebSocket,
): Pick<WebSocket, "addEventListener" | "removeEventListener" | "send" | "readyState"> {
  return {
    addEventListener: websocket.addEventListener.bind(websocket),
    removeEventListener: websocket.removeEventListener.bind(websocket),
    readyState: WebSocket.OPEN,
    send: (message) => {
      if (websocket.readyState === WebSocket.OPEN) websocket.send(message);
    },
  };
}

class Line {
  #link: Promise<RPCLink<Record<never, never>>> | undefined;
  #waitMs = shortestWaitMs;
  #isWanted = false;

  /** Opens it, and keeps it open from now on. */
  start(): void {
    this.#isWanted = true;
    void this.current().catch(() => undefined);
  }

  /** Nobody is signed in any more. */
  stop(): void {
    this.#isWanted = false;
    useLine.setState({ state: "signed out" });
  }

  current(): Promise<RPCLink<Record<never, never>>> {
    this.#link ??= this.#open();
    return this.#link;
  }

  #open(): Promise<RPCLink<Record<never, never>>> {
    const websocket = new WebSocket(socketUrl());
    return new Promise((resolve, reject) => {
      websocket.addEventListener("open", () => {
        this.#waitMs = shortestWaitMs;
        useLine.setState({ state: "open" });
        resolve(new RPCLink({ websocket: forgiving(websocket) }));
      });
      websocket.addEventListener("close", () => {
        this.#link = undefined;
        reject(new Error("the line to the station is broken"));
        if (!this.#isWanted) return;
        useLine.setState({ state: "broken" });
        setTimeout(() => void this.current().catch(() => undefined), this.#waitMs);
        this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
      });
    });
  }
}

export const line = new Line();

/** Every procedure of the contract. */
export const client: Client = createORPCClient({
  call: async (path, input, options) => (await line.current()).call(path, input, options),
});
