/** A thread that takes memory without end and never comes back to its event loop. */
import { parentPort, workerData } from "node:worker_threads";

const { kind } = workerData as { readonly kind: "objects" | "maps" | "buffers" | "nothing" };
const held: unknown[] = [];
if (kind === "nothing") parentPort?.postMessage("done");
else
  for (;;) {
    if (kind === "objects") held.push({ index: held.length });
    else if (kind === "maps") held.push(new Map([[held.length, held.length]]));
    else held.push(Buffer.alloc(64 * 1024, 1));
  }
