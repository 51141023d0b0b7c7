/** Uploads at full speed, in a thread of its own: what it costs to send does not count as waiting for an answer. */
import { parentPort, workerData } from "node:worker_threads";
import { call } from "./attacked-station.ts";

export interface UploadWork {
  readonly url: string;
  readonly token: string;
  readonly uploads: number;
  readonly seconds: number;
}

export interface UploadTally {
  readonly bytes: number;
  readonly failed: number;
  /** What was answered instead, each kind once. */
  readonly answers: readonly string[];
}

const segmentBytes = 1024 * 1024;
const headers = { "content-type": "application/octet-stream" };

async function uploadAll({ url, token, uploads, seconds }: UploadWork): Promise<UploadTally> {
  const until = performance.now() + seconds * 1000;
  const answers = new Set<string>();
  let [failed, uploaded] = [0, 0];
  const send = async (method: string, path: string, request: Omit<Parameters<typeof call>[3], "token"> = {}) => {
    const { status, text } = await call({ url }, method, path, { token, ...request });
    if (status === 200) return text;
    failed++;
    answers.add(`${method} ${path.split("/")[1]}: ${status} ${text.slice(0, 200)}`);
    return undefined;
  };
  const upload = async (number: number): Promise<void> => {
    const bytes = 200 * segmentBytes;
    const segment = new Uint8Array(segmentBytes).fill(number);
    for (let round = 0; performance.now() < until; round++) {
      const facts = { filename: `council-${number}-${round}.mp4`, bytes, modifiedMs: round };
      const begun = await send("POST", "/api/uploads", { body: JSON.stringify(facts) });
      if (begun === undefined) return;
      const { id } = JSON.parse(begun) as { id: string };
      for (let offset = 0; offset < bytes && performance.now() < until; offset += segmentBytes) {
        const path = `/uploads/${id}?offset=${offset}`;
        if ((await send("PUT", path, { body: segment, headers })) !== undefined) uploaded += segmentBytes;
      }
      await send("DELETE", `/api/uploads/${id}`);
    }
  };
  await Promise.all(Array.from({ length: uploads }, (_, number) => upload(number)));
  return { bytes: uploaded, failed, answers: [...answers] };
}

parentPort?.postMessage(await uploadAll(workerData as UploadWork));
