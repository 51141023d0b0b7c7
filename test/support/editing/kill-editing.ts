/** Repeatedly kills a program that edits captions, and checks that no acknowledged edit is lost. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { openCatalog } from "../../../electron/catalog/open.ts";
import { OpenMeeting } from "../../../electron/editing/open-meeting.ts";
import { systemClock } from "../../../electron/platform/clock.ts";
import { captioned, someCues } from "../captions/transcriptions.ts";
import type { Random } from "../random.ts";

const program = join(import.meta.dirname, "editing-program.ts");

export interface EditingTally {
  kills: number;
  acknowledged: number;
  /** Kills after which the program reported that the previous run had not ended in an orderly way. */
  recovered: number;
}

interface Said {
  readonly seq: number;
  readonly cues: string;
}

/** @throws Error if an acknowledged edit is lost, or if the log and the captions do not agree */
export async function killEditingAtRandom(folder: string, pick: Random, kills: number): Promise<EditingTally> {
  const [file, backups] = [join(folder, "catalog.db"), join(folder, "backups")];
  const catalog = openCatalog(file, backups);
  const id = captioned(catalog, someCues(40));
  catalog.close();
  const tally: EditingTally = { kills: 0, acknowledged: 0, recovered: 0 };
  while (tally.kills < kills) {
    const last = await runUntilKilled(
      [program, file, backups, id, String(tally.kills + 1)],
      1 + Math.floor(pick() * 30),
    );
    tally.kills++;
    tally.acknowledged += last.count;
    const reopened = openCatalog(file, backups);
    const meeting = new OpenMeeting({
      catalog: reopened,
      clock: systemClock,
      transcriptionId: id,
      profile: defaultProfile,
      firstMarks: [],
    });
    const now = meeting.document.cues.map(({ id: cue, lines }) => `${cue}:${lines.join("/")}`).join("|");
    if (meeting.recovered !== undefined) tally.recovered++;
    const isNext = meeting.seq === last.said.seq + 1 || (meeting.seq === last.said.seq && now !== last.said.cues);
    // The last edit may have reached the disk before it was printed.
    if (meeting.seq < last.said.seq || (!isNext && now !== last.said.cues)) {
      throw new Error(`after kill ${tally.kills}: edit ${last.said.seq} was acknowledged, ${meeting.seq} is there`);
    }
    reopened.close();
  }
  return tally;
}

/**
 * @param afterEdits number of acknowledged edits that are read before the kill; the program continues until it arrives
 */
function runUntilKilled(
  args: readonly string[],
  afterEdits: number,
): Promise<{ readonly said: Said; readonly count: number }> {
  const child = spawn(process.execPath, [...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    // The first line reports that the captions are open.
    if (text.split("\n").length - 2 >= afterEdits) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.once("close", () => {
      // Ignore a truncated last line.
      const lines = text.split("\n").slice(0, -1);
      const last = lines.at(-1);
      if (last === undefined) return reject(new Error("the program said nothing"));
      resolve({ said: JSON.parse(last) as Said, count: lines.length - 1 });
    });
  });
}
