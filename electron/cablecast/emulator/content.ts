/**
 * The content drive: a folder with videos and the caption files beside them. A sidecar with exactly the base name of a
 * video is detected, and FFmpeg makes the VOD's WebVTT from it: a decoder independent of Archivist's own, so that
 * reading back proves something.
 */
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, parse } from "node:path";
import { minuteMs } from "../../captions/time/durations.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { sha256 } from "../../platform/atomic-write.ts";
import { run } from "../../platform/process/run.ts";
import { parseId, type Row, type Tables } from "./tables.ts";

export interface ContentTools {
  /** Path of an ffmpeg program. */
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

const videoEndings = new Set([".mp4", ".mov", ".mkv", ".ts", ".mpg", ".mxf", ".m4v"]);
const sidecarEndings = new Set([".scc", ".mcc"]);
const framesPerSecond = 30;

export class Content {
  readonly folder: string;
  readonly #tables: Tables;
  readonly #tools: ContentTools;
  readonly #isStale: () => boolean;
  /** Digest of the sidecar that a video's captions were made from, by the video's name. */
  readonly #made = new Map<string, string>();

  /** @param isStale true: changed sidecars are not detected */
  constructor(folder: string, tables: Tables, tools: ContentTools, isStale: () => boolean = () => false) {
    this.folder = folder;
    this.#tables = tables;
    this.#tools = tools;
    this.#isStale = isStale;
  }

  /** Path of a video's captions once they have been made. */
  captionsFile(video: string): string {
    return join(this.folder, ".vod", `${parse(video).name}.vtt`);
  }

  /** Scans the drive: new videos become assets, new sidecars become captions. */
  async scan(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of (await readdir(this.folder)).sort()) {
      if (!videoEndings.has(parse(name).ext.toLowerCase()) || this.findAsset(name) !== undefined) continue;
      const seconds = await this.#probeSeconds(join(this.folder, name));
      if (seconds !== undefined) this.addAsset(name, seconds);
    }
    for (const asset of this.#tables.all("assets")) await this.#findSidecar(String(asset.path));
  }

  addAsset(name: string, seconds: number): Row {
    const frames = { frameCount: Math.round(seconds * framesPerSecond), frameRate: framesPerSecond };
    const info = this.#tables.add("assetInfos", frames);
    return this.#tables.add("assets", { path: name, assetInfos: [info.id], purpose: "Playback" });
  }

  findAsset(name: string): Row | undefined {
    return this.#tables.all("assets").find((asset) => asset.path === name);
  }

  /** Finds the video of a show: the one its first reel plays. */
  findVideo(showId: number): string | undefined {
    const reel = this.#tables
      .all("reels")
      .find((each) => parseId(each.show) === showId && typeof each.userFileName === "string");
    const name = reel === undefined ? undefined : basename(String(reel.userFileName));
    return name !== undefined && this.findAsset(name) !== undefined ? name : undefined;
  }

  /** WebVTT of a video's captions; undefined while there are none. */
  async captions(video: string): Promise<string | undefined> {
    return this.#made.has(video) ? readFile(this.captionsFile(video), "utf8") : undefined;
  }

  hasCaptions(video: string): boolean {
    return this.#made.has(video);
  }

  async #probeSeconds(path: string): Promise<number | undefined> {
    const show = ["-v", "error", "-show_entries", "format=duration", "-of", "default=nw=1:nk=1"];
    const result = await run({ name: "ffprobe", command: this.#tools.ffprobe, args: [...show, path], stallMs: 30_000 });
    const seconds = Number(result.stdout);
    return result.code === 0 && seconds > 0 ? seconds : undefined;
  }

  async #findSidecar(video: string): Promise<void> {
    const { name } = parse(video);
    const sidecar = (await readdir(this.folder)).find((file) => {
      const parsed = parse(file);
      return parsed.name === name && sidecarEndings.has(parsed.ext.toLowerCase());
    });
    if (sidecar === undefined || (this.#made.has(video) && this.#isStale())) return;
    const path = join(this.folder, sidecar);
    const digest = sha256(await readFile(path));
    if (this.#made.get(video) === digest || (await stat(path)).size === 0) return;
    await mkdir(join(this.folder, ".vod"), { recursive: true });
    const target = this.captionsFile(video);
    const args = ["-nostdin", "-loglevel", "error", "-y", "-i", path, "-f", "webvtt", target];
    const result = await run({ name: "ffmpeg", command: this.#tools.ffmpeg, args, stallMs: minuteMs });
    if (result.code !== 0) throw new ArchivistError("tool.failed", { underlying: result.stderr });
    // FFmpeg keeps a row's position with its own code for a hard space, which no server would send.
    const text = (await readFile(target, "utf8")).replaceAll(/(?:\\h| )+/g, " ");
    await writeFile(target, text);
    this.#made.set(video, digest);
  }
}
