/** Serves the contract over a MessagePort: between two threads, or from Electron's pages to the station's process. */
import type { SupportedMessagePort } from "@orpc/client/message-port";
import { RPCHandler } from "@orpc/server/message-port";
import type { ApiServices } from "./context.ts";
import { router } from "./router.ts";

/**
 * Answers the calls of one client. Its token changes when it signs in or out.
 * @param token of the person who is already signed in
 */
export function servePort(port: SupportedMessagePort, services: ApiServices, token?: string): void {
  let own = token;
  new RPCHandler(router).upgrade(port, {
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
