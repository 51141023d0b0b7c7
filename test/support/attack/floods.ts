/** What one caller can do to the others: bodies that drip, streams by the thousand, sockets that read nothing, a share that hangs. */
import { connect } from "node:net";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import WebSocket from "ws";
import { type AttackedStation, askMeanwhile, quantile } from "./attacked-station.ts";

export interface FloodTally {
  readonly name: string;
  readonly count: number;
  /** Milliseconds that others waited, 99 of 100 at most. */
  readonly p99: number;
  readonly longest: number;
  readonly note: string;
}

async function whileAsking(
  station: AttackedStation,
  name: string,
  count: number,
  work: () => Promise<string>,
): Promise<FloodTally> {
  const stop = askMeanwhile(station);
  const note = await work();
  const times = await stop();
  return { name, count, p99: quantile(times, 0.99), longest: Math.max(...times), note };
}

/** Half a body each, a byte now and then. */
export function dripBodies(station: AttackedStation, count: number, seconds: number): Promise<FloodTally> {
  const { hostname, port } = new URL(station.url);
  return whileAsking(station, "bodies that drip", count, async () => {
    let closed = 0;
    const sockets = Array.from({ length: count }, () => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `POST /api/session HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{`,
        ),
      );
      socket.on("error", () => undefined);
      socket.once("close", () => closed++);
      return socket;
    });
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write(" ");
    }, 5_000);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
    return `${closed} of ${count} were closed by the station within ${seconds} s`;
  });
}

/** As many streams as one socket takes; the rest has to be refused. */
export function floodStreams(station: AttackedStation, count: number): Promise<FloodTally> {
  return whileAsking(station, "streams of one socket", count, async () => {
    const before = station.memory();
    const websocket = new WebSocket(`${station.url.replace("http", "ws")}/api/ws`, {
      headers: { authorization: `Bearer ${station.tokens.user}` },
    });
    await new Promise((resolve, reject) => websocket.once("open", resolve).once("error", reject));
    const client = createORPCClient(new RPCLink({ websocket: websocket as never })) as unknown as {
      queue: { watch: (input: object) => Promise<AsyncIterator<unknown>> };
    };
    let [open, refused] = [0, 0];
    const watch = async (): Promise<void> => {
      try {
        const stream = await client.queue.watch({});
        await stream.next();
        open++;
      } catch {
        refused++;
      }
    };
    // In bunches: a socket that sends more at once than any page is closed.
    for (let sent = 0; sent < count; sent += 100) await Promise.all(Array.from({ length: 100 }, watch));
    const during = station.memory();
    websocket.terminate();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const mib = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
    return `${open} open, ${refused} refused; memory ${mib(before)}, ${mib(during)}, then ${mib(station.memory())}`;
  });
}

/** Sockets that ask for much and read nothing. */
export function deafSockets(station: AttackedStation, count: number): Promise<FloodTally> {
  return whileAsking(station, "sockets that read nothing", count, async () => {
    let refused = 0;
    const sockets: WebSocket[] = [];
    for (let index = 0; index < count; index++) {
      const socket = new WebSocket(`${station.url.replace("http", "ws")}/api/ws`, {
        headers: { authorization: `Bearer ${station.tokens.operator}` },
      });
      socket.on("error", () => undefined);
      await new Promise<void>((resolve) => {
        socket.once("open", () => {
          sockets.push(socket);
          resolve();
        });
        socket.once("unexpected-response", () => {
          refused++;
          resolve();
        });
        socket.once("close", () => resolve());
      });
    }
    for (const socket of sockets) {
      (socket as unknown as { _socket: { pause(): void } })._socket.pause();
      for (let index = 0; index < 30; index++) {
        socket.send(JSON.stringify({ i: String(index), p: { u: "/queue/watch", b: { json: {} } } }));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    for (const socket of sockets) socket.terminate();
    return `${sockets.length} open, ${refused} refused; memory ${Math.round(station.memory() / 1024 ** 2)} MiB`;
  });
}
