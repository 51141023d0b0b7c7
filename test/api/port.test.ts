import { MessageChannel, Worker } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import WebSocket from "ws";
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

  test("what is no call closes the port, and ends nothing else", async () => {
    const { api, call } = await testHost();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const garbage: readonly unknown[] = [
      ...[
        null,
        undefined,
        7,
        "",
        "{",
        "[]",
        '{"i":1}',
        '{"i":1,"p":null}',
        '{"i":1,"p":{"u":7}}',
        '{"i":1,"p":{"u":"../../etc/passwd"}}',
        '{"i":1,"p":{"u":"{{7*7}}"}}',
        '{"i":1,"p":{"u":"http://other/queue/list"}}',
        '{"i":1,"t":3,"p":{}}',
      ],
      ...[
        '{"i":{},"p":{"u":"/x"}}',
        '{"i":1,"p":{"u":"/x","h":{"content-type":"multipart/form-data"}}}',
        "x".repeat(10_000),
      ],
      ...[
        new Uint8Array([0xff, 1, 2]),
        new Uint8Array(0),
        new ArrayBuffer(3),
        { i: 1 },
        [1, 2, 3],
        { i: 1, t: 9, p: {} },
      ],
    ];
    for (const message of garbage) {
      const { port1, port2 } = new MessageChannel();
      servePort(port2 as never, api);
      const closed = new Promise((resolve) => port1.once("close", () => resolve("closed")));
      port1.postMessage(message);
      expect(await closed).toBe("closed");
    }
    expect(unhandled).toEqual([]);
    expect((await call("/api/session")).status).toBe(200);
  });

  test("over a socket as well, without a word in the journal", async () => {
    const { address, token, call } = await testHost();
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    onTestFinished(() => said.mockRestore());
    for (const message of ["{", '{"i":1,"p":{"u":7}}', '{"i":1,"p":{"u":"../x"}}', Buffer.from([0xff, 1]), ""]) {
      const socket = new WebSocket(`ws://${address}/api/ws`, { headers: { authorization: `Bearer ${token}` } });
      const code = new Promise((resolve) => socket.once("close", resolve));
      socket.once("open", () => socket.send(message));
      expect(await code).toBe(1007);
    }
    expect(said).not.toHaveBeenCalled();
    expect((await call("/api/session")).status).toBe(200);
  });
});
