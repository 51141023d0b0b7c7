/** Finds where the clock of a recording's picture jumps, by reading its packets: only needed where the sound's does. */
import { ArchivistError } from "../../contract/errors.ts";
import { LineSplitter } from "../../platform/process/line-splitter.ts";
import { OwnedProcess } from "../../platform/process/owned-process.ts";
import { inputArguments } from "../input-arguments.ts";
import { mediaMemoryBytes } from "../memory-limit.ts";
import { sampleRate } from "../peaks.ts";
import type { Tool } from "../tools.ts";
import type { PictureJump } from "./placement.ts";

/** Seconds ahead or back from which on a change is a jump, and not the order in which pictures are sent. */
const ahead = 1;
const back = 0.5;
/** Stamps kept to find the picture that is shown last before a jump, and first after it. */
const reordered = 16;

/** A picture's packet: when it is decoded and when it is shown, in seconds. */
interface PicturePacket {
  readonly decoded: number;
  readonly shown: number;
}

/** Parses a line of ffprobe: `pts_time,dts_time`, of which either may be missing. */
export function parsePictureLine(line: string): PicturePacket | undefined {
  const [shownText, decodedText] = line.split(",");
  const shown = Number.parseFloat(shownText ?? "");
  const decoded = Number.parseFloat(decodedText ?? "");
  if (Number.isNaN(shown) && Number.isNaN(decoded)) return undefined;
  return {
    shown: Number.isNaN(shown) ? decoded : shown,
    decoded: Number.isNaN(decoded) ? shown : decoded,
  };
}

/**
 * Finds the jumps.
 * @returns times in samples at 16 kHz: the end of the last picture before each jump, the first one after it
 */
export function findPictureJumps(packets: readonly PicturePacket[]): readonly PictureJump[] {
  const jumps: PictureJump[] = [];
  packets.forEach(({ decoded }, index) => {
    const before = packets[index - 1];
    if (before === undefined) return;
    const change = decoded - before.decoded;
    if (change < ahead && change > -back) return;
    const earlier = packets.slice(Math.max(0, index - reordered), index).map(({ shown }) => shown);
    const later = packets.slice(index, index + reordered).map(({ shown }) => shown);
    const sorted = earlier.toSorted((a, b) => a - b);
    const lastShown = sorted.at(-1) ?? before.shown;
    const frame = Math.max(0, lastShown - (sorted.at(-2) ?? lastShown));
    jumps.push({
      from: Math.round((lastShown + Math.min(frame, ahead)) * sampleRate),
      to: Math.round(Math.min(...later) * sampleRate),
    });
  });
  return jumps;
}

/** Characters of a line of ffprobe's list; a longer one is not one of its lines. */
const maxLine = 200;

/** Reads the packets of a recording's picture. @throws ArchivistError `tool.stalled`, `interrupted` */
export async function readPictureJumps(
  ffprobe: Tool,
  path: string,
  stallMs: number,
  signal: AbortSignal | undefined,
): Promise<readonly PictureJump[]> {
  const show = ["-select_streams", "v:0", "-show_entries", "packet=pts_time,dts_time", "-of", "csv=p=0"];
  const packets: PicturePacket[] = [];
  const lines = new LineSplitter(maxLine, (line) => {
    const packet = parsePictureLine(line);
    if (packet !== undefined) packets.push(packet);
  });
  const child = new OwnedProcess({
    name: "ffprobe",
    command: ffprobe.path,
    maxMemoryBytes: mediaMemoryBytes,
    args: ["-hide_banner", "-loglevel", "error", ...show, ...inputArguments(path)],
    stallMs,
    signal,
  });
  child.stdout.on("data", (bytes: Buffer) => {
    child.touch();
    lines.push(bytes);
  });
  const exit = await child.exit;
  lines.end();
  if (signal?.aborted) throw new ArchivistError("interrupted");
  if (exit.stalled) throw new ArchivistError("tool.stalled");
  return findPictureJumps(packets);
}
