/**
 * HTTP calls to a Cablecast server: Basic authentication on every call, a deadline, retries where they are safe, and
 * errors of the closed list with the server's own message. No secret, and no address that contains one, gets into an
 * error or a log.
 */
import axios, { type AxiosInstance, isAxiosError } from "axios";
import type { Logger } from "../../config/logger.ts";
import { exponentialBackoffMs } from "../../contract/backoff.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { abortableDelay } from "../../platform/abortable-delay.ts";

export interface Credentials {
  readonly user: string;
  readonly secret: string;
}

export interface HttpOptions {
  /** Address of the server, without a path. */
  readonly url: string;
  readonly credentials: Credentials;
  readonly timeoutMs: number;
  /** Maximum number of attempts for a call that is safe to repeat. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubles each time. */
  readonly retryMs: number;
  readonly logger: Logger;
}

export type Method = "GET" | "POST" | "PUT";

export interface Call {
  readonly method: Method;
  /** Path on the server: `/cablecastapi/v1/shows`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** True for an idempotent call: it is retried like a GET. */
  readonly isRepeatable?: boolean;
  /** Milliseconds; files need longer than records. */
  readonly timeoutMs?: number;
}

/** Any response, successful or not. */
interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Maximum bytes of a response; no list or caption track is longer, and an endless one must not fill the memory. */
const maxBytes = 64 * 1024 ** 2;
/** Maximum characters of the server's own message that are kept. */
const maxErrorLength = 300;

export class CablecastHttp {
  readonly #axios: AxiosInstance;
  readonly #options: HttpOptions;
  readonly #base: string;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, "");
    const { user, secret } = options.credentials;
    this.#axios = axios.create({
      baseURL: this.#base,
      timeout: options.timeoutMs,
      headers: {
        Accept: "application/json",
        Authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`,
      },
      // The text is parsed here, so that a proxy's HTML page is recognized.
      responseType: "text",
      transformResponse: (data: unknown) => data,
      validateStatus: () => true,
      // Credentials must not follow a redirect to another server.
      maxRedirects: 0,
      // The environment's proxy would see user and secret where the address is plain HTTP.
      proxy: false,
      maxContentLength: maxBytes,
    });
  }

  /** The server's address, without anything secret. */
  get address(): string {
    return this.#base;
  }

  /** Returns the response as JSON. @throws ArchivistError `cablecast.*`, `interrupted` */
  async json(call: Call): Promise<unknown> {
    const { text } = await this.text(call);
    try {
      return JSON.parse(text);
    } catch {
      throw new ArchivistError("cablecast.answer", {
        subject: formatSubject(call),
        cause: `the server did not answer with JSON (${words(text)})`,
      });
    }
  }

  /** Returns the response as text. @throws ArchivistError `cablecast.*`, `interrupted` */
  async text(call: Call): Promise<Answer> {
    const isRepeatable = call.isRepeatable ?? call.method === "GET";
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(call);
      } catch (thrown) {
        const error = thrown as ArchivistError;
        const mayRepeat = isRepeatable && error.retryable && attempt < this.#options.attempts;
        if (!mayRepeat || call.signal?.aborted) throw error;
        this.#options.logger.warn("a call to Cablecast is repeated", {
          call: formatSubject(call),
          attempt,
          code: error.code,
        });
        await abortableDelay(exponentialBackoffMs({ attempt, firstMs: this.#options.retryMs }), call.signal);
      }
    }
  }

  async #once({ method, path, query, body, signal, timeoutMs = this.#options.timeoutMs }: Call): Promise<Answer> {
    const call = { method, path };
    // The deadline covers the whole response, so that a server that sends a byte now and then times out, too.
    const late = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#axios.request<string>({
        method,
        url: path,
        params: query,
        // ids[]=1&ids[]=2, as the vendor's own clients write it.
        paramsSerializer: { serialize },
        data: body,
        ...(body === undefined || body instanceof FormData ? {} : { headers: { "Content-Type": "application/json" } }),
        signal: signal === undefined ? late : AbortSignal.any([signal, late]),
        timeout: timeoutMs,
      });
      const { status } = response;
      if (status >= 300 && status < 400) throw sentOn(call, status, response.headers.location);
      if (status >= 200 && status < 300) return { status, text: response.data ?? "" };
      throw refusal(call, status, response.data ?? "");
    } catch (thrown) {
      if (thrown instanceof ArchivistError) throw thrown;
      if (signal?.aborted) throw new ArchivistError("interrupted");
      throw unreachable(call, thrown, late.aborted);
    }
  }

  /**
   * Fetches a public file of another server, such as a network that delivers videos, without credentials or redirects.
   */
  async publicFile(url: string, signal?: AbortSignal): Promise<string> {
    const call = { method: "GET", path: url } as const;
    const late = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await axios.get<string>(url, {
        responseType: "text",
        transformResponse: (data: unknown) => data,
        validateStatus: () => true,
        maxRedirects: 0,
        proxy: false,
        maxContentLength: maxBytes,
        signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      });
      if (response.status >= 200 && response.status < 300) return response.data;
      throw refusal(call, response.status, response.data ?? "");
    } catch (thrown) {
      if (thrown instanceof ArchivistError) throw thrown;
      if (signal?.aborted) throw new ArchivistError("interrupted");
      throw unreachable(call, thrown, late.aborted);
    }
  }
}

function serialize(params: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each));
  }
  return search.toString();
}

const formatSubject = ({ method, path }: Pick<Call, "method" | "path">): string => `Cablecast ${method} ${path}`;

/** The server's message on one line; an HTML page is reduced to its text. */
function words(text: string): string {
  const plain = text
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain === "" ? "it sent nothing" : plain.slice(0, maxErrorLength);
}

/** The format of error bodies is not documented: JSON with a message, or any text. */
function wordsOfError(text: string): string {
  try {
    const json: unknown = JSON.parse(text);
    const message =
      (json as { Message?: unknown; message?: unknown } | null)?.Message ??
      (json as { message?: unknown } | null)?.message;
    if (typeof message === "string") return words(message);
  } catch {
    // Not JSON: treat it as text.
  }
  return words(text);
}

function refusal(call: Pick<Call, "method" | "path">, status: number, text: string): ArchivistError {
  const subject = formatSubject(call);
  const said = `${status}: ${wordsOfError(text)}`;
  if (status === 401) {
    return new ArchivistError("cablecast.credentials", {
      subject,
      cause: `the server does not accept user and secret (${said})`,
    });
  }
  if (status === 403)
    return new ArchivistError("cablecast.forbidden", { subject, cause: `the server does not allow it (${said})` });
  if (status === 404)
    return new ArchivistError("cablecast.not-found", { subject, cause: `the server does not know it (${said})` });
  if (status === 408 || status === 429 || status >= 500) {
    return new ArchivistError("cablecast.busy", { subject, cause: `the server could not do it now (${said})` });
  }
  return new ArchivistError("cablecast.refused", { subject, cause: `the server refused it (${said})` });
}

function sentOn(call: Pick<Call, "method" | "path">, status: number, location: unknown): ArchivistError {
  const origin = typeof location === "string" && URL.canParse(location) ? new URL(location).origin : undefined;
  return new ArchivistError("cablecast.refused", {
    subject: formatSubject(call),
    cause: `the server sends on to ${origin ?? "another address"} (${status})`,
    remedy:
      origin === undefined
        ? "Look which address the server's own pages have, and set cablecast.url to it."
        : `Set cablecast.url to ${origin}.`,
  });
}

function unreachable(call: Pick<Call, "method" | "path">, thrown: unknown, wasLate: boolean): ArchivistError {
  const code = isAxiosError(thrown) ? thrown.code : undefined;
  if (isAxiosError(thrown) && /maxContentLength/.test(thrown.message)) {
    return new ArchivistError("cablecast.answer", {
      subject: formatSubject(call),
      cause: "the server's answer has no end, or is larger than any that makes sense",
    });
  }
  const isLate = wasLate || code === "ECONNABORTED" || code === "ETIMEDOUT";
  return new ArchivistError(isLate ? "cablecast.timeout" : "cablecast.unreachable", {
    subject: formatSubject(call),
    // The error object contains the request with its headers, so it is not kept.
    cause: isLate ? "the server did not answer in time" : `the server cannot be reached (${code ?? "no connection"})`,
  });
}
