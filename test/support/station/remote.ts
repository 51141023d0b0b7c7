/** A host whose callers are at other machines: behind a proxy. */
import { request } from "node:http";
import type { Role } from "../../../electron/contract/api/base.ts";
import { testHost } from "./host.ts";
import type { TestStationOptions } from "./station.ts";

const proxyName = "station.example";

export interface RemoteAnswer {
  readonly status: number;
  readonly text: string;
}

export async function remoteHost(options: TestStationOptions = {}) {
  const host = await testHost(options, { proxyName });
  const send = (method: string, path: string, body?: unknown, token = host.token): Promise<RemoteAnswer> =>
    new Promise((resolve, reject) => {
      const [hostname = "", port = ""] = host.address.split(":");
      // `fetch` does not let a caller say which host it means.
      const headers = { host: proxyName, authorization: `Bearer ${token}`, "content-type": "application/json" };
      const sent = request({ hostname, port, path, method, headers }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const somebody = async (name: string, role: Role): Promise<string> => {
    await send("POST", "/api/people", { name, password: host.password, role });
    return (await host.api.sessions.signIn(name, host.password, "a test")).token;
  };
  return { ...host, send, somebody };
}
