import { MessageChannel, Worker } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { describe, expect, onTestFinished, test } from "vitest";
import { servePort } from "../../electron/api/port.ts";
import { type ApiClient, testHost } from "../support/station/host.ts";

describe("a port between two threads", () => {
  test("takes the same calls, with sign-in, roles and live data", async () => {
    const { api, password, add } = await testHost();
    const { port1, port2 } = new MessageChannel();
    // The other end lives in a thread of its own and gives back whatever comes.
    const relay = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       const { a, b } = workerData; a.on("message", (m) => b.postMessage(m)); b.on("message", (m) => a.postMessage(m));`,
      { eval: true, ...relayed() },
    );
    function relayed() {
      const inner = new MessageChannel();
      servePort(inner.port1 as never, api);
      return { workerData: { a: port2, b: inner.port2 }, transferList: [port2, inner.port2] };
    }
    onTestFinished(async () => {
      port1.close();
      await relay.terminate();
    });
    const client: ApiClient = createORPCClient(new RPCLink({ port: port1 as never }));
    port1.start();
    await expect(client.station.figures()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await client.session.signIn({ name: "Anna", password });
    expect((await client.session.look()).person?.name).toBe("Anna");
    add("/x/a.mp4");
    for await (const view of await client.queue.watch({})) {
      expect(view.jobs).toHaveLength(1);
      break;
    }
    await client.session.signOut();
    await expect(client.station.figures()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
