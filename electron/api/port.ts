/** Serves the contract over a MessagePort: between two threads, or from Electron's pages to the station's process. */
import type { SupportedMessagePort } from "@orpc/client/message-port";
import { RPCHandler } from "@orpc/server/message-port";
import type { ApiServices } from "./context.ts";
import { router } from "./router.ts";
import { isWireMessage } from "./wire-messages.ts";

/** As far as Electron's ports and those of threads are alike. */
interface Port {
  on(event: string, listener: (message?: unknown) => void): unknown;
  postMessage(message: unknown, transfer?: unknown): void;
  close(): void;
}

/** A port that is closed at the first message that is none of a client of ours. */
function careful(port: Port): SupportedMessagePort {
  const guarded = {
    on: (event: string, listener: (message?: unknown) => void): void => {
      if (event !== "message") port.on(event, listener);
      else
        port.on(event, (message) => {
          // Electron wraps what was sent in an event, threads do not.
          const data = (message as { data?: unknown } | undefined)?.data ?? message;
          if (isWireMessage(data)) listener({ data });
          else port.close();
        });
    },
    postMessage: (message: unknown, transfer?: unknown): void => port.postMessage(message, transfer),
  };
  return guarded as unknown as SupportedMessagePort;
}

/**
 * Answers the calls of one client. Its token changes when it signs in or out.
 * @param token of the person who is already signed in
 */
export function servePort(port: Port, services: ApiServices, token?: string): void {
  let own = token;
  new RPCHandler(router).upgrade(careful(port), {
    context: {
      services,
      get token() {
        return own;
      },
      address: "port",
      isOnMachine: true,
      client: { kind: "program", agent: "Archivist" },
      connection: undefined,
      person: () => services.sessions.findPerson(own),
      keepToken: (next) => {
        own = next;
      },
      answerWith: () => undefined,
    },
  });
}
