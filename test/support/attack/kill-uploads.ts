/** A station that is killed during uploads: what it has acknowledged is there, and each file goes on and becomes whole. */
import { readFileSync } from "node:fs";
import type { Random } from "../random.ts";
import { type AttackedStation, attackedStation, call } from "./attacked-station.ts";

export interface UploadKillTally {
  kills: number;
  /** Segments that were acknowledged. */
  acknowledged: number;
  /** Uploads that are whole, each once. */
  readonly completed: Set<number>;
  readonly wrong: string[];
}

const segmentBytes = 256 * 1024;
const segments = 24;
/** Uploads that go on at the same time. */
const atOnce = 3;

const content = Buffer.from(
  Array.from({ length: segmentBytes * segments }, (_, index) => (index * 31 + (index >> 8)) & 0xff),
);

interface UploadState {
  readonly id: string;
  readonly received: number;
  readonly path: string | null;
}

/** @param kills how often it is killed, each time while three uploads go on */
export async function killUploadsAtRandom(dataFolder: string, pick: Random, kills: number): Promise<UploadKillTally> {
  const tally: UploadKillTally = { kills: 0, acknowledged: 0, completed: new Set(), wrong: [] };
  /** Bytes that were acknowledged, by the number of the upload. */
  const known = new Map<number, number>();
  const start = () => attackedStation(dataFolder, { intake: { automatic: false } });
  const uploadSome = (station: AttackedStation) => {
    const first = tally.completed.size - (tally.completed.size % atOnce);
    return Promise.all(Array.from({ length: atOnce }, (_, index) => uploadOne(station, first + index, tally, known)));
  };
  while (tally.kills < kills) {
    const station = await start();
    const killed = new Promise<void>((resolve) =>
      setTimeout(() => {
        process.kill(station.pid, "SIGKILL");
        resolve();
      }, pick() * 300),
    );
    // What breaks off is what was killed; what is wrong is in the tally.
    await Promise.all([uploadSome(station).catch(() => undefined), killed]);
    tally.kills++;
  }
  const last = await start();
  await uploadSome(last);
  await last.close();
  return tally;
}

/** Goes on with an upload to its end. @throws Error of the connection where the station is killed */
async function uploadOne(
  station: AttackedStation,
  number: number,
  tally: UploadKillTally,
  known: Map<number, number>,
): Promise<void> {
  const token = station.tokens.operator;
  const facts = { filename: `council-${number}.mp4`, bytes: content.length, modifiedMs: 1 };
  const begun = await call(station, "POST", "/api/uploads", { token, body: JSON.stringify(facts) });
  let state = JSON.parse(begun.text) as UploadState;
  const before = known.get(number) ?? 0;
  if (state.received < before) {
    tally.wrong.push(`upload ${number}: ${before} bytes were acknowledged, ${state.received} are there`);
  }
  while (state.path === null) {
    const body = new Uint8Array(content.subarray(state.received, state.received + segmentBytes));
    const { status, text } = await call(station, "PUT", `/uploads/${state.id}?offset=${state.received}`, {
      token,
      body,
      headers: { "content-type": "application/octet-stream" },
    });
    if (status !== 200) throw new Error(`upload ${number}: ${status} ${text.slice(0, 200)}`);
    state = JSON.parse(text) as UploadState;
    known.set(number, state.received);
    tally.acknowledged++;
  }
  if (!readFileSync(state.path).equals(content)) tally.wrong.push(`upload ${number} is not what was sent`);
  tally.completed.add(number);
}
