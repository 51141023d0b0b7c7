/**
 * Downloads one large file so that an interruption loses nothing: the data received stays beside the target as
 * `NAME.part`, and the next try requests the rest (RFC 9110 §14, Range with If-Range). The target appears only when it
 * is complete.
 */

import { createWriteStream } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import axios, { type AxiosProxyConfig, type AxiosResponse } from "axios";
import { z } from "zod";
import { exponentialBackoffMs } from "../../contract/backoff.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { splitCredentials } from "../../contract/settings/address.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { fileError } from "../../platform/file-errors.ts";

export interface DownloadRequest {
  readonly address: string;
  /** Where the data is collected; `…json` beside it holds what the server said of the file. */
  readonly partFile: string;
  /** Expected size in bytes, and how far the server's size may differ from it. */
  readonly expectedBytes: number;
  readonly toleranceBytes: number;
  /** Web address of a proxy; null: the environment's. */
  readonly proxy: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (receivedBytes: number, totalBytes: number) => void;
  /** Checks that there is room for this many more bytes. @throws ArchivistError `disk.full` */
  readonly checkSpace: (bytes: number) => Promise<void>;
  /** Waits; tests replace it. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Milliseconds without data after which a connection is abandoned. */
  readonly stallMs: number;
}

/** Tries in a row without a single byte before the download fails. */
const fruitlessTries = 5;
const firstPauseMs = 1_000;
const maxPauseMs = 120_000;

const partNoteSchema = z.object({
  address: z.string(),
  validator: z.string(),
  totalBytes: z.number().int().positive(),
});
type PartNote = z.infer<typeof partNoteSchema>;

/** The result of one try. */
type Try = { readonly done: true } | { readonly done: false; readonly error: ArchivistError; readonly waitMs?: number };

const noteFile = (partFile: string): string => `${partFile}.json`;

/**
 * Downloads until the part file is complete.
 * @returns True when an earlier part was reused: if the result is wrong, that part may be the cause
 * @throws ArchivistError `download.*`, `disk.full`, `folder.not-writable`, `interrupted`
 */
export async function download(request: DownloadRequest): Promise<boolean> {
  const resumed = (await getFileSize(request.partFile)) > 0;
  for (let fruitless = 0; ; ) {
    const before = await getFileSize(request.partFile);
    const outcome = await tryOnce(request);
    if (outcome.done) return resumed;
    if (request.signal?.aborted) throw new ArchivistError("interrupted");
    if (!isWorthRetrying(outcome.error)) throw outcome.error;
    fruitless = (await getFileSize(request.partFile)) > before ? 0 : fruitless + 1;
    if (fruitless >= fruitlessTries) throw outcome.error;
    const limits = { firstMs: firstPauseMs, maxMs: maxPauseMs };
    const backoffMs = exponentialBackoffMs({ attempt: fruitless + 1, ...limits, jitter: { min: 0.75, max: 1.25 } });
    await request.sleep(Math.min(maxPauseMs, outcome.waitMs ?? backoffMs), request.signal);
    if (request.signal?.aborted) throw new ArchivistError("interrupted");
  }
}

/** A full disk stays full; a network recovers. */
function isWorthRetrying({ code }: ArchivistError): boolean {
  return code === "download.network" || code === "download.busy";
}

/** Deletes a partial download. */
export async function discardPart(partFile: string): Promise<void> {
  await Promise.all([rm(partFile, { force: true }), rm(noteFile(partFile), { force: true })]);
}

async function getFileSize(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function readNote(request: DownloadRequest): Promise<PartNote | undefined> {
  try {
    const note = partNoteSchema.parse(JSON.parse(await readFile(noteFile(request.partFile), "utf8")));
    return note.address === splitCredentials(request.address).address ? note : undefined;
  } catch {
    // Missing or incomplete: the part cannot be used.
    return undefined;
  }
}

async function tryOnce(request: DownloadRequest): Promise<Try> {
  const note = await readNote(request);
  if (note === undefined) await discardPart(request.partFile);
  const have = await getFileSize(request.partFile);
  if (note !== undefined && have === note.totalBytes) return { done: true };
  const stall = new AbortController();
  let stallTimer = setTimeout(() => stall.abort(), request.stallMs);
  const touch = (): void => {
    clearTimeout(stallTimer);
    stallTimer = setTimeout(() => stall.abort(), request.stallMs);
  };
  const signal = AbortSignal.any([stall.signal, ...(request.signal ? [request.signal] : [])]);
  try {
    const response = await ask(
      request,
      have > 0 ? { from: have, validator: note?.validator ?? "" } : undefined,
      signal,
    );
    const refusal = toRefusal(response);
    if (refusal !== undefined) {
      response.data.destroy();
      // The part may belong to a file that no longer exists on the server.
      if (response.status === 416) await discardPart(request.partFile);
      return refusal;
    }
    return await receive(request, response, have, touch, signal);
  } catch (thrown) {
    if (thrown instanceof ArchivistError) return { done: false, error: thrown };
    if (isFileFault(thrown)) {
      return { done: false, error: toArchivistError(fileError(thrown, request.partFile, "write")) };
    }
    const why = stall.signal.aborted ? `nothing came for ${request.stallMs / 1000} seconds` : describeError(thrown);
    return { done: false, error: new ArchivistError("download.network", { cause: `the download broke off (${why})` }) };
  } finally {
    clearTimeout(stallTimer);
  }
}

type Resume = { readonly from: number; readonly validator: string };

function ask(
  request: DownloadRequest,
  resume: Resume | undefined,
  signal: AbortSignal,
): Promise<AxiosResponse<IncomingMessage>> {
  const { address, credentials } = splitCredentials(request.address);
  return axios.get<IncomingMessage>(address, {
    responseType: "stream",
    // A compressed response has other bytes than the file, and no ranges.
    headers: {
      "Accept-Encoding": "identity",
      "User-Agent": "Archivist",
      ...(resume === undefined ? {} : { Range: `bytes=${resume.from}-`, "If-Range": resume.validator }),
    },
    decompress: false,
    maxRedirects: 8,
    ...(credentials === undefined ? {} : { auth: { username: credentials.user, password: credentials.secret } }),
    // They are for that server only.
    beforeRedirect: (options: { auth?: unknown }) => {
      delete options.auth;
    },
    signal,
    validateStatus: () => true,
    ...(request.proxy === null ? {} : { proxy: proxyConfig(request.proxy) }),
  });
}

function proxyConfig(address: string): AxiosProxyConfig {
  const { protocol, hostname, port, username, password } = new URL(address);
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return {
    protocol,
    host: hostname,
    port: Number(port || (protocol === "https:" ? 443 : 80)),
    ...(username === "" ? {} : { auth }),
  };
}

/** Returns the error for a response that is not the file, and whether asking again may help. */
function toRefusal({ status, headers }: AxiosResponse): Try | undefined {
  if (status === 200 || status === 206) return undefined;
  const cause = `the server answered with status ${status}`;
  if (status === 416) return { done: false, error: new ArchivistError("download.network", { cause }) };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const waitMs = retryAfterMs(headers["retry-after"]);
    return {
      done: false,
      error: new ArchivistError("download.busy", { cause }),
      ...(waitMs === undefined ? {} : { waitMs }),
    };
  }
  return { done: false, error: new ArchivistError("download.refused", { cause }) };
}

/** Seconds or a date (RFC 9110 §10.2.3). */
function retryAfterMs(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

async function receive(
  request: DownloadRequest,
  response: AxiosResponse<IncomingMessage>,
  have: number,
  touch: () => void,
  signal: AbortSignal,
): Promise<Try> {
  const { offset, totalBytes } = parseExtent(response, have);
  if (totalBytes === undefined || Math.abs(totalBytes - request.expectedBytes) > request.toleranceBytes) {
    response.data.destroy();
    const offered = totalBytes === undefined ? "of unknown size" : `of ${formatBytes(totalBytes)}`;
    return {
      done: false,
      error: new ArchivistError("download.wrong-size", {
        cause: `the server offers a file ${offered}, and ${formatBytes(request.expectedBytes)} were published`,
      }),
    };
  }
  await request.checkSpace(totalBytes - offset);
  // The server ignored the range, or the file has changed: the download restarts from the beginning.
  if (offset === 0) await discardPart(request.partFile);
  const validator = getValidator(response);
  // Without a validator a part cannot be resumed: the file may have changed in between.
  if (validator !== undefined) {
    const note: PartNote = { address: splitCredentials(request.address).address, validator, totalBytes };
    await writeFile(noteFile(request.partFile), JSON.stringify(note));
  }
  let received = offset;
  response.data.on("data", (bytes: Buffer) => {
    touch();
    received += bytes.length;
    request.onProgress?.(Math.min(received, totalBytes), totalBytes);
  });
  const target = createWriteStream(request.partFile, { flags: offset > 0 ? "a" : "w", flush: true });
  await pipeline(response.data, target, { signal });
  if (received === totalBytes) return { done: true };
  if (received > totalBytes) await discardPart(request.partFile);
  const cause = `the server sent ${received} bytes of a file that it said has ${totalBytes}`;
  return { done: false, error: new ArchivistError("download.network", { cause }) };
}

/** Where in the file the response begins, and the length of the whole file, as far as the server states it. */
function parseExtent(
  { status, headers }: AxiosResponse,
  have: number,
): { readonly offset: number; readonly totalBytes: number | undefined } {
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(headers["content-range"] ?? ""));
    if (range !== null && Number(range[1]) === have) return { offset: have, totalBytes: Number(range[2]) };
    throw new ArchivistError("download.network", {
      cause: "the server sent another part of the file than was asked for",
    });
  }
  const length = headers["content-length"];
  return { offset: 0, totalBytes: /^\d+$/.test(String(length)) ? Number(length) : undefined };
}

/** A strong ETag, else the date: only they prove that a part belongs to the same file (RFC 9110 §13.1.5). */
function getValidator({ headers }: AxiosResponse): string | undefined {
  const etag: unknown = headers.etag;
  if (typeof etag === "string" && !etag.startsWith("W/")) return etag;
  const date: unknown = headers["last-modified"];
  return typeof date === "string" ? date : undefined;
}

function isFileFault(thrown: unknown): boolean {
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  return (
    code === "ENOSPC" || (code !== undefined && (syscall === "open" || syscall === "write" || syscall === "fsync"))
  );
}

function describeError(thrown: unknown): string {
  const { code, message } = thrown as { readonly code?: string; readonly message?: string };
  const known: Readonly<Record<string, string>> = {
    ENOTFOUND: "the server's name is not known here",
    EAI_AGAIN: "the server's name cannot be looked up: there is no network",
    ECONNREFUSED: "the server cannot be reached",
    ECONNRESET: "the connection was cut",
    ERR_STREAM_PREMATURE_CLOSE: "the connection was cut",
    ETIMEDOUT: "the server does not answer",
  };
  return known[code ?? ""] ?? code ?? message ?? "unknown";
}
