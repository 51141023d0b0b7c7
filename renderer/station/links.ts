/** The two transports to the station: a WebSocket from the browser, a message port from the desktop program. */
import type { ClientLink } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import { type Desktop, portMessage } from "../../electron/contract/desktop.ts";
import { desktop } from "./desktop.ts";

export interface OpenLink {
  readonly link: ClientLink<Record<never, never>>;
  /** Resolves once the link is broken. */
  readonly broken: Promise<void>;
}

const socketUrl = (): string => {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/api/ws`;
};

/**
 * Wraps an open socket for the library. On a broken socket the library would still send that a stream is no longer
 * wanted, and throw where it cannot be caught. Dropping such a message loses no call: calls in flight fail when the
 * socket closes, and later ones use the next socket.
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

function openSocket(): Promise<OpenLink> {
  const websocket = new WebSocket(socketUrl());
  const broken = Promise.withResolvers<void>();
  return new Promise((resolve, reject) => {
    websocket.addEventListener("open", () =>
      resolve({ link: new SocketLink({ websocket: forgiving(websocket) }), broken: broken.promise }),
    );
    websocket.addEventListener("close", () => {
      reject(new Error("the line to the station is broken"));
      broken.resolve();
    });
  });
}

/** Waits for the port, which arrives as a message of this window, because the bridge to the preload cannot pass one. */
function nextPort(): { readonly port: Promise<MessagePort>; readonly forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<MessagePort>();
  const hear = ({ data, source, ports: [port] }: MessageEvent): void => {
    if (source !== window || (data as { kind?: unknown } | null)?.kind !== portMessage || port === undefined) return;
    window.removeEventListener("message", hear);
    resolve(port);
  };
  window.addEventListener("message", hear);
  return { port: promise, forget: () => window.removeEventListener("message", hear) };
}

async function openPort(program: Desktop<File>): Promise<OpenLink> {
  const coming = nextPort();
  if (!(await program.connect())) {
    coming.forget();
    throw new Error("the station is away just now");
  }
  const port = await coming.port;
  const broken = Promise.withResolvers<void>();
  // A station that crashes closes its end; the desktop program also reports it, in case the port does not.
  port.addEventListener("close", () => broken.resolve());
  const forget = program.onStation(({ kind }) => {
    if (kind === "ready" || kind === "safe") return;
    // Makes calls in flight fail: closing a port sends no event to the side that closes it.
    port.dispatchEvent(new Event("close"));
    port.close();
  });
  void broken.promise.then(forget);
  port.start();
  return { link: new PortLink({ port }), broken: broken.promise };
}

/** @throws Error if no connection is possible at the moment */
export const openLink = (): Promise<OpenLink> => (desktop === undefined ? openSocket() : openPort(desktop));
