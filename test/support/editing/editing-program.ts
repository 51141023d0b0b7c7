/** A program that edits captions as fast as it can and prints each acknowledged edit; tests kill it. */
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { openCatalog } from "../../../electron/catalog/open.ts";
import { OpenMeeting } from "../../../electron/editing/open-meeting.ts";
import { systemClock } from "../../../electron/platform/clock.ts";
import { random } from "../random.ts";

const [file = "", backups = "", id = "", seed = "1"] = process.argv.slice(2);
const catalog = openCatalog(file, backups);
const meeting = new OpenMeeting({
  catalog,
  clock: systemClock,
  transcriptionId: id,
  profile: defaultProfile,
  firstMarks: [],
});
const key = "a window of it";
const visitor = { key, name: "Anna", userId: 1 };
meeting.people.join(visitor);
meeting.noteWriter();
const pick = random(Number(seed));
const view = { cue: null, row: 0 };
let number = meeting.getLastNumber(key);
const edit = (deed: Parameters<typeof meeting.edit>[0]["deed"]): void => {
  number++;
  const kept = meeting.edit({ visitor, number, base: meeting.seq, deed, before: view, after: view, activeMs: 1 });
  if (kept === undefined) return;
  // Whatever is printed here must survive any kill.
  process.stdout.write(`${JSON.stringify({ seq: kept.entry.seq, cues: formatDigest() })}\n`);
};
const formatDigest = (): string =>
  meeting.document.cues.map(({ id: cue, lines }) => `${cue}:${lines.join("/")}`).join("|");

process.stdout.write(`${JSON.stringify({ seq: meeting.seq, cues: formatDigest(), opened: true })}\n`);
for (let count = 0; ; count++) {
  const cue = meeting.document.cues[Math.floor(pick() * meeting.document.cues.length)];
  if (cue === undefined) break;
  const chance = pick();
  try {
    if (chance < 0.75) edit({ type: "text", cue: cue.id, lines: [`text ${seed}.${count}`] });
    else if (chance < 0.85) edit({ type: "undo" });
    else if (chance < 0.92) edit({ type: "accept", cues: [cue.id] });
    else edit({ type: "split", cue: cue.id, offset: 5, atMs: Math.floor((cue.startMs + cue.endMs) / 2) });
  } catch {
    // The edit was invalid: a split in an impossible place, or nothing to undo.
  }
  // Let other work run between two edits.
  if (count % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
