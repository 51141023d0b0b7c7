/** A complete host over HTTP: real station, real server, signed-in clients. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import { createApiServices } from "../../../electron/api/api-services.ts";
import type { ApiServices } from "../../../electron/api/context.ts";
import { type HttpServerOptions, startHttpServer } from "../../../electron/api/http/server.ts";
import type { Role } from "../../../electron/contract/api/base.ts";
import type { Contract } from "../../../electron/contract/api/contract.ts";
import { type TestStationOptions, testStation } from "./station.ts";

export type ApiClient = ContractRouterClient<Contract>;

const password = "correct horse";

export async function testHost(stationOptions: TestStationOptions = {}, options: Partial<HttpServerOptions> = {}) {
  const station = testStation(stationOptions);
  const { services, runtime } = station;
  const api: ApiServices = createApiServices({ station: services, runtime, version: "1.2.3", environment: {} });
  const server = await startHttpServer({ services: api, host: "127.0.0.1", port: 0, ...options });
  const address = server.url.replace(/^http:\/\//, "");
  onTestFinished(async () => {
    api.models.close();
    api.editing.close();
    await server.close();
  });
  const admin = await api.sessions.redeem(api.sessions.makeTicket(), "Anna", password);
  const call = (path: string, init: RequestInit & { token?: string } = {}) => {
    const { token = admin.token, headers, ...rest } = init;
    const authorization = token === "" ? {} : { authorization: `Bearer ${token}` };
    return fetch(server.url + path, { ...rest, headers: { ...authorization, ...headers } });
  };
  const post = (path: string, body: unknown, init: RequestInit & { token?: string } = {}) =>
    call(path, {
      method: "POST",
      body: JSON.stringify(body),
      ...init,
      headers: { "content-type": "application/json", ...init.headers },
    });
  /** Creates an account with a role and signs in. @returns The session's token */
  const somebody = async (name: string, role: Role): Promise<string> => {
    await post("/api/people", { name, password, role });
    return (await api.sessions.signIn(name, password, "a test")).token;
  };
  const connect = async (token = admin.token): Promise<ApiClient> => {
    const websocket = new WebSocket(`ws://${address}/api/ws`, { headers: { authorization: `Bearer ${token}` } });
    onTestFinished(() => websocket.terminate());
    await new Promise((resolve, reject) => websocket.once("open", resolve).once("error", reject));
    return createORPCClient(new RPCLink({ websocket: websocket as never }));
  };
  return { ...station, api, server, address, token: admin.token, password, call, post, somebody, connect };
}
