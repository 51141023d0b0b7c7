/** An ordinary busy day in fast motion: many people, sockets and uploads at once. */
import { Worker } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import WebSocket from "ws";
import { type AttackedStation, call, quantile } from "./attacked-station.ts";
import type { UploadTally, UploadWork } from "./upload-worker.ts";

export interface LoadTally {
  readonly calls: number;
  readonly failed: number;
  /** What was answered instead, each kind once. */
  readonly answers: readonly string[];
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
  readonly uploadedBytes: number;
  readonly memoryBefore: number;
  readonly memoryAfter: number;
}

const paths = [
  "/api/session",
  "/api/cities",
  "/api/shares",
  "/api/figures",
  "/api/notices",
  "/api/models",
  "/episodes",
];

export async function load(
  station: AttackedStation,
  {
    seconds,
    clients,
    sockets,
    uploads,
    restSeconds,
  }: Readonly<Record<"seconds" | "clients" | "sockets" | "uploads" | "restSeconds", number>>,
): Promise<LoadTally> {
  const token = station.tokens.operator;
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let [failed, uploadedBytes] = [0, 0];
  const answers = new Set<string>();
  const isOver = (): boolean => performance.now() >= until;
  const memoryBefore = station.memory();
  const person = async (number: number): Promise<void> => {
    // People do not come at the same moment.
    await new Promise((resolve) => setTimeout(resolve, number * 10));
    for (let round = number; !isOver(); round++) {
      const path = paths[round % paths.length] ?? "/api/session";
      const { status, ms } = await call(station, "GET", path, { token });
      times.push(ms);
      if (status !== 200) {
        failed++;
        answers.add(`${path}: ${status}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 1_500 + (round % 7) * 150));
    }
  };
  const watcher = async (): Promise<void> => {
    const websocket = new WebSocket(`${station.url.replace("http", "ws")}/api/ws`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await new Promise((resolve, reject) => websocket.once("open", resolve).once("error", reject));
    const client = createORPCClient(new RPCLink({ websocket: websocket as never })) as unknown as {
      queue: { watch: (input: object) => Promise<AsyncIterator<unknown>> };
    };
    await (await client.queue.watch({})).next();
    while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 200));
    websocket.terminate();
  };
  const upload = async (): Promise<void> => {
    const workerData: UploadWork = { url: station.url, token, uploads, seconds };
    const worker = new Worker(new URL("./upload-worker.ts", import.meta.url), { workerData });
    const tally = await new Promise<UploadTally>((resolve, reject) =>
      worker.once("message", resolve).once("error", reject),
    );
    uploadedBytes += tally.bytes;
    failed += tally.failed;
    for (const answer of tally.answers) answers.add(answer);
  };
  const each = (count: number, work: (number: number) => Promise<void>): readonly Promise<void>[] =>
    Array.from({ length: count }, (_, number) => work(number));
  await Promise.all([...each(clients, person), ...each(sockets, watcher), upload()]);
  await new Promise((resolve) => setTimeout(resolve, restSeconds * 1000));
  return {
    calls: times.length,
    failed,
    answers: [...answers],
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    longest: Math.max(...times),
    uploadedBytes,
    memoryBefore,
    memoryAfter: station.memory(),
  };
}
