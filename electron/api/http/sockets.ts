/** Serves the contract over WebSockets, with limits: how many, how much is sent, how much waits, and whether anybody is there. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { RPCHandler } from "@orpc/server/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { minuteMs, secondMs } from "../../captions/time/durations.ts";
import { abortableDelay } from "../../platform/abortable-delay.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { router } from "../router.ts";
import { isWireMessage } from "../wire-messages.ts";
import { isOwnHost, isOwnOrigin, type OwnNames, parseToken } from "./guard.ts";

/** None of our clients sends a larger message. */
const maxMessageBytes = 4 * 1024 * 1024;
/** Messages within ten seconds: typing and scrolling make some tens. */
const maxMessages = 2_000;
const messageWindowMs = 10 * secondMs;
/** Windows of one person, and of one address. */
const maxSocketsOfPerson = 30;
const maxSocketsOfAddress = 100;
/** Nobody answered for so long: the other side has gone without a word. */
const pingMs = 30 * secondMs;
/** What waits to be sent before a socket gets nothing new, and how long it may be behind before it is closed. */
const maxWaitingBytes = 4 * 1024 * 1024;
const maxBehindMs = minuteMs;
const pollMs = 50;
/** The codes of RFC 6455 §7.4: against the rules, and one of our own. */
const policyCode = 1008;
const signedOutCode = 4401;
const unreadableCode = 1007;

export interface SocketsOptions {
  readonly server: Server;
  readonly services: ApiServices;
  readonly own: () => OwnNames;
  /** The address that a request comes from. */
  readonly getAddress: (request: IncomingMessage) => string;
  readonly createContext: (
    request: IncomingMessage,
    caller: Pick<ApiContext, "token" | "address" | "connection">,
  ) => ApiContext;
}

/** Waits until a client has taken most of what was sent; closes one that is behind for too long. */
async function waitUntilDrained(client: WebSocket): Promise<void> {
  const sinceMs = performance.now();
  while (client.bufferedAmount > maxWaitingBytes && client.readyState === client.OPEN) {
    if (performance.now() - sinceMs > maxBehindMs) client.terminate();
    await abortableDelay(pollMs, undefined);
  }
}

/** The part of a socket that the library uses; it gets no message that it could not read. */
function careful(client: WebSocket): WebSocket {
  const guarded: Pick<WebSocket, "send" | "addEventListener"> = {
    send: client.send.bind(client) as WebSocket["send"],
    addEventListener: ((event: string, listener: (event: unknown) => void) => {
      client.addEventListener(event as "message", (message: { data?: unknown }) => {
        if (event !== "message" || isWireMessage(message.data)) listener(message);
        else client.close(unreadableCode, "this cannot be read");
      });
    }) as WebSocket["addEventListener"],
  };
  return guarded as WebSocket;
}

/** Closes a socket that sends more messages than any of our pages. */
function limitMessages(client: WebSocket): void {
  let count = 0;
  let fromMs = 0;
  client.on("message", () => {
    const now = performance.now();
    if (now - fromMs > messageWindowMs) {
      fromMs = now;
      count = 0;
    }
    if (++count > maxMessages) client.close(policyCode, "too many messages");
  });
}

/** Ends sockets whose other side does not answer. @param onRound called each time @returns ends the asking */
function keepAsking(sockets: WebSocketServer, onRound: () => void): () => void {
  const silent = new WeakSet<WebSocket>();
  sockets.on("connection", (client: WebSocket) => client.on("pong", () => silent.delete(client)));
  const timer = setInterval(() => {
    onRound();
    for (const client of sockets.clients) {
      if (silent.has(client)) client.terminate();
      else {
        silent.add(client);
        client.ping();
      }
    }
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}

interface Caller {
  readonly token: string;
  readonly personId: number;
  readonly address: string;
}

export function addSockets(options: SocketsOptions): { close(): void } {
  const { server, services, own, getAddress, createContext } = options;
  const { sessions } = services;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  const handler = new RPCHandler<ApiContext>(router);
  const callers = new Map<WebSocket, Caller>();
  const count = (fits: (caller: Caller) => boolean): number => [...callers.values()].filter(fits).length;
  const refuse = (socket: Duplex, status: string): void =>
    void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  const stopAsking = keepAsking(sockets, () => sessions.expire());
  const unsubscribe = sessions.events.on("tokensDropped", () => {
    for (const [client, { token }] of callers) {
      if (sessions.findPerson(token) === undefined) client.close(signedOutCode, "signed out");
    }
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const { host, origin } = request.headers;
    if (!isOwnHost(host, own())) return refuse(socket, "421 Misdirected Request");
    // A browser always sends the origin of a socket; otherwise a page of another site could open one.
    if (!isOwnOrigin(origin, host, own())) return refuse(socket, "403 Forbidden");
    if (request.url?.split("?")[0] !== "/api/ws") return refuse(socket, "404 Not Found");
    const token = parseToken(request.headers);
    const person = sessions.findPerson(token);
    if (token === undefined || person === undefined) return refuse(socket, "401 Unauthorized");
    const address = getAddress(request);
    const isTooMany =
      count(({ personId }) => personId === person.id) >= maxSocketsOfPerson ||
      count((caller) => caller.address === address) >= maxSocketsOfAddress;
    if (isTooMany) return refuse(socket, "429 Too Many Requests");
    sockets.handleUpgrade(request, socket, head, (client) => {
      callers.set(client, { token, personId: person.id, address });
      client.on("close", () => callers.delete(client));
      client.on("error", () => client.terminate());
      limitMessages(client);
      sockets.emit("connection", client, request);
      const connection = { drained: () => waitUntilDrained(client) };
      void handler.upgrade(careful(client), { context: createContext(request, { token, address, connection }) });
    });
  });
  return {
    close: () => {
      unsubscribe();
      stopAsking();
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
