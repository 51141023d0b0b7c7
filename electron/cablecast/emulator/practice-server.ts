/** Behavior of the emulated server beyond storing records: uploads, transcoding, captions. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { minuteMs } from "../../captions/time/durations.ts";
import type { Content } from "./content.ts";
import type { Faults } from "./faults.ts";
import { parseId, type Row, type Tables } from "./tables.ts";

/** States of a VOD; it advances by one at each read. Names other than `complete` are assumed. */
const transcoding = [
  { vodState: "queued", percentComplete: 0, isWatchable: false },
  { vodState: "processing", percentComplete: 0.25, isWatchable: false },
  { vodState: "partial", percentComplete: 0.6, isWatchable: true },
  { vodState: "complete", percentComplete: 1, isWatchable: true },
] as const;

const states = { error: 0, uploading: 1, uploaded: 2, postProcessing: 3, transferring: 4, finished: 5 } as const;

export interface PracticeServerOptions {
  readonly tables: Tables;
  readonly content: Content;
  readonly faults: Faults;
  readonly now: () => Date;
  /** Folder of the segments until a file is complete. */
  readonly uploadFolder: string;
}

export class PracticeServer {
  readonly tables: Tables;
  readonly content: Content;
  readonly faults: Faults;
  readonly #now: () => Date;
  readonly #uploadFolder: string;
  readonly #segments = new Map<number, Map<number, Buffer>>();

  constructor({ tables, content, faults, now, uploadFolder }: PracticeServerOptions) {
    this.tables = tables;
    this.content = content;
    this.faults = faults;
    this.#now = now;
    this.#uploadFolder = uploadFolder;
  }

  now(): string {
    return localTime(this.#now());
  }

  /** The current state of a show: its captions depend on its video's sidecar. */
  showNow(show: Row): Row {
    const video = this.content.findVideo(show.id);
    const hasCaptions = video !== undefined && this.content.hasCaptions(video);
    // The server makes thumbnails of a show's video.
    const thumbnailOptions = video === undefined || this.faults.noThumbnails ? [] : [show.id * 10, show.id * 10 + 1];
    const isSame =
      hasCaptions === show.hasCaptions && thumbnailOptions.length === ((show.thumbnailOptions ?? []) as []).length;
    return isSame ? show : this.tables.change("shows", show.id, { hasCaptions, thumbnailOptions });
  }

  createVod(fields: Readonly<Record<string, unknown>>): Row {
    const show = parseId(fields.show) ?? 0;
    const others = this.tables.all("vods").filter((vod) => vod.show === show);
    // The API allows a second VOD for a show, and it usually fails.
    const isSecond = others.length > 0;
    const vod = this.tables.add("vods", {
      show,
      vodConfiguration: parseId(fields.vodConfiguration) ?? 1,
      vodState: isSecond ? "error" : "waiting",
      errorMessage: isSecond ? "There is another VOD of this show" : null,
      percentComplete: 0,
      isWatchable: false,
      disabled: false,
      chapters: [],
      chaptersPublished: false,
      views: 0,
      length: 0,
      url: null,
      statusMessage: null,
      stage: 0,
    });
    this.tables.change("vods", vod.id, { webVtt: `/cablecastapi/v1/vods/${vod.id}/chapters` });
    const known = (this.tables.get("shows", show)?.vods ?? []) as readonly number[];
    this.tables.change("shows", show, { vods: [...known, vod.id], lastModified: this.now() });
    return this.tables.get("vods", vod.id) as Row;
  }

  /** Removes a VOD as a person does on the server's own pages: no API call for it is known. */
  removeVod(vod: Row): void {
    const show = this.tables.get("shows", parseId(vod.show) ?? 0);
    for (const chapter of this.tables.all("chapters")) {
      if (chapter.vod === vod.id) this.tables.remove("chapters", chapter.id);
    }
    this.tables.remove("vods", vod.id);
    if (show === undefined) return;
    const vods = ((show.vods ?? []) as readonly number[]).filter((id) => id !== vod.id);
    this.tables.change("shows", show.id, { vods, lastModified: this.now() });
  }

  /** Returns a VOD; each read advances it by one state. */
  vodNow(vod: Row): Row {
    const show = parseId(vod.show) ?? 0;
    const video = this.content.findVideo(show);
    if (vod.errorMessage !== null || video === undefined || vod.vodState === "complete") return vod;
    const stage = Math.min(transcoding.length, Number(vod.stage ?? 0) + 1);
    const title = String(this.tables.get("shows", show)?.title ?? "show").replace(/[^A-Za-z0-9]+/g, "-");
    const url = `/store-1/${show}-${title}-v1/vod.mp4`;
    const asset = this.content.findAsset(video);
    const info = this.tables.get("assetInfos", ((asset?.assetInfos ?? []) as readonly number[])[0] ?? 0);
    const length = info === undefined ? 0 : Math.ceil(Number(info.frameCount) / Number(info.frameRate));
    return this.tables.change("vods", vod.id, { ...transcoding[stage - 1], stage, url, localUrl: url, length });
  }

  takeSegment(id: number, segment: number, bytes: Buffer): void {
    const segments = this.#segments.get(id) ?? new Map<number, Buffer>();
    segments.set(segment, bytes);
    this.#segments.set(id, segments);
  }

  /** Marks all segments as sent. @returns False when some are missing */
  finishUpload(upload: Row): boolean {
    const segments = this.#segments.get(upload.id);
    const total = parseId(upload.totalSegments) ?? 0;
    if (Number(upload.state) >= states.uploaded) return true;
    for (let segment = 0; segment < total; segment++) if (!segments?.has(segment)) return false;
    this.tables.change("fileUploads", upload.id, { state: this.faults.failUploads ?? states.uploaded });
    return true;
  }

  /** Returns an upload; each read advances it by one state, and in the end its file is on the content drive. */
  async uploadNow(upload: Row): Promise<Row> {
    const state = Number(upload.state);
    if (state < states.uploaded || state >= states.finished) return upload;
    if (state === states.transferring) await this.#place(upload);
    const name = String(upload.fileName);
    const asset = this.content.findAsset(name);
    const isReported = !this.faults.lateAssets || state + 1 === states.finished;
    return this.tables.change("fileUploads", upload.id, {
      state: state + 1,
      asset: isReported ? (asset?.id ?? null) : null,
    });
  }

  async #place(upload: Row): Promise<void> {
    const parts = [...(this.#segments.get(upload.id) ?? new Map<number, Buffer>())].toSorted(([a], [b]) => a - b);
    const bytes = Buffer.concat(parts.map(([, part]) => part));
    const name = parse(String(upload.fileName)).base;
    const isSidecar = /\.(scc|mcc)$/i.test(name);
    const folder = isSidecar && this.faults.ignoreUploadedSidecars ? this.#uploadFolder : this.content.folder;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    this.#segments.delete(upload.id);
    await this.content.scan();
  }

  async close(): Promise<void> {
    await rm(this.#uploadFolder, { recursive: true, force: true });
  }
}

/** Formats a date with the station's own UTC offset, as live servers send it. */
function localTime(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const sign = minutes < 0 ? "-" : "+";
  const pad = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(date.getTime() + minutes * minuteMs).toISOString().slice(0, 23);
  return `${local}${sign}${pad(minutes / 60)}:${pad(minutes % 60)}`;
}
