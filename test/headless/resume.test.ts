import { readdirSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { sampleVideo } from "../support/paths.ts";
import { type CommandOptions, startArchivist } from "../support/process/archivist.ts";
import { childrenNamed, isAlive, listChildren, strike } from "../support/process/processes.ts";
import type { RunningProgram } from "../support/process/run-node.ts";
import { filesBelow, lastingOutputs, leftovers } from "../support/station/outputs.ts";
import { temporaryFolder } from "../support/temporary.ts";

interface Place {
  readonly dataFolder: string;
  readonly out: string;
}

const folders = ({ dataFolder, out }: Place): readonly string[] => [dataFolder, out];
const newPlace = (): Place => ({ dataFolder: temporaryFolder(), out: join(temporaryFolder(), "out") });

/** With a beam, pieces are recognized one after the other; without one, several at once. */
const onePieceAtATime = { ARCHIVIST_SPEECH_BEAM_SIZE: "2" };
const severalPiecesAtOnce = { ARCHIVIST_SPEECH_BEAM_SIZE: "1" };

/** The sample in five pieces of about 27 s. */
function transcribe({ dataFolder, out }: Place, extra: CommandOptions = {}): RunningProgram {
  return startArchivist(["transcribe", sampleVideo, "--model", "archivist-demo-en", "--out", out], {
    ...extra,
    env: { ...onePieceAtATime, ...extra.env },
    dataFolder,
  });
}

interface Chunk {
  readonly status: string;
  readonly attempts: number;
  readonly completed_date: string | null;
  readonly words: number;
}

function chunks({ dataFolder }: Place): readonly Chunk[] {
  const database = new BetterSqlite(join(dataFolder, "catalog.db"), { readonly: true });
  try {
    return database
      .prepare<[], Chunk>(
        `SELECT status, attempts, completed_date, (SELECT count(*) FROM words WHERE chunk_id = c.id) AS words
         FROM transcription_chunks c ORDER BY position`,
      )
      .all();
  } finally {
    database.close();
  }
}

const inPiece = (number: number) => (line: string) => line.includes(`piece ${number} of 5`);

let calm: Promise<Readonly<Record<string, string>>> | undefined;

/** What is written when nothing happens; made once. */
function undisturbed(): Promise<Readonly<Record<string, string>>> {
  calm ??= transcribeUndisturbed();
  return calm;
}

async function transcribeUndisturbed(): Promise<Readonly<Record<string, string>>> {
  const place = newPlace();
  expect(await transcribe(place).exit).toMatchObject({ code: 0 });
  expect(chunks(place).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1]);
  return lastingOutputs(place.out);
}

describe("kill -9", () => {
  test("of the command in the third of five pieces: the first two are not done again, and the result is the same", async () => {
    const place = newPlace();
    const first = transcribe(place);
    await first.line(inPiece(3));
    const children = listChildren(first.pid);
    await first.kill("SIGKILL");
    await expect.poll(() => children.filter(isAlive)).toEqual([]);
    const before = chunks(place);
    expect(before.map(({ status }) => status)).toEqual(["completed", "completed", "pending", "pending", "pending"]);
    expect(readdirSync(place.dataFolder)).toContain("catalog.db");

    const second = transcribe(place);
    expect(await second.exit).toMatchObject({ code: 0 });
    expect(second.stderr()).not.toMatch(/Decoding|piece [12] of 5/);
    const after = chunks(place);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]?.attempts).toBe(2);
    expect(after.every(({ status }) => status === "completed")).toBe(true);
    expect(leftovers(folders(place))).toEqual([]);
    expect(lastingOutputs(place.out)).toEqual(await undisturbed());
  });

  test("of the speech engine while it has several pieces at once: those that were done stay, and the others are tried again", async () => {
    const place = newPlace();
    const program = transcribe(place, { env: severalPiecesAtOnce });
    await program.line(inPiece(1));
    const [host] = childrenNamed(program.pid, "whisper-host");
    if (host === undefined) throw new Error("the speech engine does not run");
    process.kill(host, "SIGKILL");
    expect(await program.exit).toMatchObject({ code: 0 });
    expect(program.stderr()).toMatch(/ended the speech engine \(SIGKILL\).*Trying this piece again/);
    const attempts = chunks(place).map((chunk) => chunk.attempts);
    expect(Math.max(...attempts)).toBe(2);
    expect(chunks(place).every(({ status }) => status === "completed")).toBe(true);
    const other = newPlace();
    expect(await transcribe(other, { env: severalPiecesAtOnce }).exit).toMatchObject({ code: 0 });
    expect(lastingOutputs(place.out)).toEqual(lastingOutputs(other.out));
  });

  test("of the command while it decodes: the half-decoded sound goes, and the work is done", async () => {
    const place = newPlace();
    const first = transcribe(place);
    await first.line((line) => line.includes("Decoding"));
    await first.kill("SIGKILL");
    expect(await transcribe(place).exit).toMatchObject({ code: 0 });
    expect(leftovers(folders(place))).toEqual([]);
    expect(lastingOutputs(place.out)).toEqual(await undisturbed());
  });

  test("of the speech engine in the middle: the piece is tried again and the work completes", async () => {
    const place = newPlace();
    const program = transcribe(place);
    await program.line(inPiece(3));
    const [host] = childrenNamed(program.pid, "whisper-host");
    if (host === undefined) throw new Error("the speech engine does not run");
    process.kill(host, "SIGKILL");
    expect(await program.exit).toMatchObject({ code: 0 });
    expect(program.stderr()).toMatch(/ended the speech engine \(SIGKILL\).*Trying this piece again/);
    expect(chunks(place).map(({ attempts }) => attempts)).toEqual([1, 1, 2, 1, 1]);
    expect(lastingOutputs(place.out)).toEqual(await undisturbed());
  });

  test("of the speech engine again and again: the work fails with a remedy, and what was done stays", async () => {
    const place = newPlace();
    const program = transcribe(place, { env: { ARCHIVIST_SPEECH_ATTEMPTS: "2" } });
    await program.line(inPiece(2));
    const killed = new Set<number>();
    while (isAlive(program.pid)) {
      for (const pid of childrenNamed(program.pid, "whisper-host")) {
        if (strike(pid, "SIGKILL")) killed.add(pid);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await program.exit).toMatchObject({ code: 1 });
    expect(program.stderr()).toMatch(
      /sample-meeting\.mp4: the system ended the speech engine \(SIGKILL\), most likely because memory ran out/,
    );
    expect(killed.size).toBeGreaterThanOrEqual(2);
    expect(chunks(place)[0]?.status).toBe("completed");
    expect(await transcribe(place).exit).toMatchObject({ code: 0 });
  });
});

describe("Ctrl-C", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s stops the children at once, leaves no temporary files, and the work goes on later",
    async (signal) => {
      const place = newPlace();
      const first = transcribe(place);
      await first.line(inPiece(2));
      const children = listChildren(first.pid);
      expect(children.length).toBeGreaterThan(0);
      expect(await first.kill(signal)).toMatchObject({ code: 130 });
      expect(children.filter(isAlive)).toEqual([]);
      expect(leftovers(folders(place))).toEqual([]);
      expect(first.stderr()).toMatch(
        /sample-meeting\.mp4: it was interrupted\. Run the same command again: it goes on where it stopped\./,
      );

      const second = transcribe(place);
      expect(await second.exit).toMatchObject({ code: 0 });
      expect(second.stderr()).not.toMatch(/Decoding|piece 1 of 5/);
      expect(lastingOutputs(place.out)).toEqual(await undisturbed());
    },
  );

  test("while ffmpeg decodes leaves no half-decoded sound", async () => {
    const place = newPlace();
    const program = transcribe(place);
    await program.line((line) => line.includes("Decoding"));
    expect(await program.kill("SIGINT")).toMatchObject({ code: 130 });
    expect(leftovers(folders(place))).toEqual([]);
  });
});

describe("work that is done anew", () => {
  test("goes on after an interruption like any other, and leaves no sound behind", async () => {
    const place = newPlace();
    const force = (): RunningProgram =>
      startArchivist(["transcribe", sampleVideo, "--model", "archivist-demo-en", "--out", place.out, "--force"], {
        dataFolder: place.dataFolder,
        env: onePieceAtATime,
      });
    const first = force();
    await first.line(inPiece(3));
    expect(await first.kill("SIGINT")).toMatchObject({ code: 130 });
    const second = force();
    expect(await second.exit).toMatchObject({ code: 0 });
    expect(second.stderr()).not.toMatch(/Decoding|piece [12] of 5/);
    expect(chunks(place)).toHaveLength(5);
    expect(filesBelow(join(place.dataFolder, "recordings")).filter((name) => name.endsWith(".pcm"))).toEqual([]);
    expect(lastingOutputs(place.out)).toEqual(await undisturbed());
  });
});

describe("two at once", () => {
  test("in one data folder: the second one says who is there", async () => {
    const place = newPlace();
    const first = transcribe(place);
    await first.line(inPiece(1));
    const second = transcribe({ ...place, out: join(place.out, "second") });
    expect(await second.exit).toMatchObject({ code: 1 });
    expect(second.stderr()).toMatch(
      /another Archivist is working in this data folder \(archivist transcribe, process \d+/,
    );
    expect(await first.exit).toMatchObject({ code: 0 });
  });
});
