/**
 * Client for the part of the Cablecast API that Archivist uses, on sourced facts only (electron/cablecast/README.md,
 * "The API"). Records are read, changed and written whole, so that fields of newer servers survive. A create is never
 * repeated automatically: the caller checks whether the record exists before trying again.
 */
import { z } from "zod";
import { ArchivistError } from "../../contract/errors.ts";
import type { CablecastHttp, Call } from "./http.ts";
import {
  type Asset,
  assetInfoSchema,
  assetSchema,
  type Chapter,
  chapterSchema,
  type FileUpload,
  fileUploadSchema,
  mediaSchema,
  metaSchema,
  type Named,
  namedSchema,
  type Reel,
  reelSchema,
  type Show,
  searchSchema,
  showSchema,
  type Vod,
  vodConfigurationSchema,
  vodSchema,
} from "./records.ts";

const root = "/cablecastapi/v1";
/** The number that the vendor's own synchronization loads at once. */
const idsAtOnce = 100;
/** Enough for every reference list that was seen; a longer one is requested again with a page that holds all of it. */
const bigPage = 2_000;

type Signal = AbortSignal | undefined;

export interface NewShow {
  readonly title: string;
  readonly cgTitle: string;
  readonly comments: string;
  readonly location: number;
  readonly eventDate?: string;
  /** The station's own identifier for the show. */
  readonly localId?: string;
}

export interface SearchFilter {
  readonly field: string;
  readonly operator: string;
  readonly searchValue: string | number | boolean;
}

export class CablecastClient {
  readonly #http: CablecastHttp;

  constructor(http: CablecastHttp) {
    this.#http = http;
  }

  get address(): string {
    return this.#http.address;
  }

  /** Reads one record under its root key. @throws ArchivistError `cablecast.answer` when it is missing */
  async #one<T>(call: Omit<Call, "path"> & { readonly path: string }, key: string, schema: z.ZodType<T>): Promise<T> {
    const json = await this.#http.json({ ...call, path: root + call.path });
    const envelope = z.looseObject({ [key]: schema }).safeParse(json);
    if (envelope.success) return envelope.data[key] as T;
    throw strange(call, envelope.error);
  }

  /** Reads records under one of several root keys: servers differ for media. */
  async #many<T>(call: Omit<Call, "path"> & { readonly path: string }, keys: readonly string[], schema: z.ZodType<T>) {
    const json = await this.#http.json({ ...call, path: root + call.path });
    const envelope = z.looseObject({ meta: metaSchema }).safeParse(json);
    if (!envelope.success) throw strange(call, envelope.error);
    const key = keys.find((each) => envelope.data[each] !== undefined);
    const list = z.array(schema).safeParse(key === undefined ? undefined : envelope.data[key]);
    if (!list.success) throw strange(call, list.error);
    return { list: list.data, count: envelope.data.meta?.count ?? undefined };
  }

  /**
   * Reads a whole list. The unit of `offset` is not confirmed, so paging is not used: where there are more records than
   * one page holds, one page that holds all is requested, as the vendor's own plugin does.
   */
  async #all<T>(
    path: string,
    key: string,
    schema: z.ZodType<T>,
    query: Call["query"],
    signal: Signal,
  ): Promise<readonly T[]> {
    const first = await this.#many(
      { method: "GET", path, query: { ...query, page_size: bigPage }, signal },
      [key],
      schema,
    );
    if (first.count === undefined || first.count <= first.list.length) return first.list;
    const again = { method: "GET", path, query: { ...query, page_size: first.count + 10 }, signal } as const;
    return (await this.#many(again, [key], schema)).list;
  }

  // Shows

  show(id: number, signal?: Signal): Promise<Show> {
    return this.#one({ method: "GET", path: `/shows/${id}`, signal }, "show", showSchema);
  }

  /** Shows by id; deleted ones are left out. */
  async shows(ids: readonly number[], signal?: Signal): Promise<readonly Show[]> {
    const found: Show[] = [];
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      const some = ids.slice(at, at + idsAtOnce);
      const query = { "ids[]": some, page_size: some.length };
      found.push(...(await this.#many({ method: "GET", path: "/shows", query, signal }, ["shows"], showSchema)).list);
    }
    return found;
  }

  /**
   * Shows by id with their VODs and reels. @returns No `vods` or `reels` when the server does not include them; each
   * then has to be requested separately
   */
  async showsWithRelated(
    ids: readonly number[],
    signal?: Signal,
  ): Promise<{ readonly shows: readonly Show[]; readonly vods?: readonly Vod[]; readonly reels?: readonly Reel[] }> {
    const query = { "ids[]": ids, page_size: ids.length, include: "reel,vod" };
    const call = { method: "GET", path: "/shows", query, signal } as const;
    const json = await this.#http.json({ ...call, path: root + call.path });
    const related = z.looseObject({
      shows: z.array(showSchema),
      vods: z.array(vodSchema).optional(),
      reels: z.array(reelSchema).optional(),
    });
    const envelope = related.safeParse(json);
    if (!envelope.success) throw strange(call, envelope.error);
    const { shows, vods, reels } = envelope.data;
    return { shows, ...(vods === undefined ? {} : { vods }), ...(reels === undefined ? {} : { reels }) };
  }

  /** Text search, as the public site does it. */
  searchShows(search: string, location: number, signal?: Signal): Promise<readonly Show[]> {
    const query = { search, location, page_size: 200 };
    return this.#many({ method: "GET", path: "/shows", query, signal }, ["shows"], showSchema).then(({ list }) => list);
  }

  /** Ids of shows that match all filters, sorted by a field. */
  async findShows(filters: readonly SearchFilter[], sortField: string, signal?: Signal): Promise<readonly number[]> {
    const query = {
      groups: [{ orAnd: "and", filters }],
      sortOptions: [{ field: sortField, descending: false }],
    };
    const body = { savedShowSearch: { name: "", query } };
    const call = { method: "POST", path: "/shows/search/advanced", body, signal, isRepeatable: true } as const;
    return (await this.#one(call, "savedShowSearch", searchSchema)).results;
  }

  createShow(show: NewShow, signal?: Signal): Promise<Show> {
    const body = { show: { cgExempt: false, customFields: [], ...show } };
    return this.#one({ method: "POST", path: "/shows", body, signal }, "show", showSchema);
  }

  /** Reads a show, changes it, and writes it back whole. Idempotent. */
  async updateShow(id: number, change: (show: Show) => Show, signal?: Signal): Promise<Show> {
    const before = await this.show(id, signal);
    const body = { show: change(before) };
    return this.#one({ method: "PUT", path: `/shows/${id}`, body, signal, isRepeatable: true }, "show", showSchema);
  }

  // Media and reels

  async createMedia(
    media: {
      readonly location: number;
      readonly format: number;
      readonly mediaName: string;
      readonly creationDate: string;
    },
    signal?: Signal,
  ) {
    return this.#one({ method: "POST", path: "/media", body: { media }, signal }, "media", mediaSchema);
  }

  reel(id: number, signal?: Signal): Promise<Reel> {
    return this.#one({ method: "GET", path: `/reels/${id}`, signal }, "reel", reelSchema);
  }

  /** Media records by name, to find one whose creation response was lost. Servers use two names for the list. */
  async mediaNamed(mediaName: string, location: number, signal?: Signal): Promise<readonly { readonly id: number }[]> {
    const query = { media_name: mediaName, location, page_size: bigPage };
    const { list } = await this.#many(
      { method: "GET", path: "/media", query, signal },
      ["media", "medias"],
      mediaSchema,
    );
    return list.filter((media) => media.mediaName === mediaName);
  }

  /** Links a file to a show without renaming it. The response is not documented: the caller reads the show again. */
  async createReel(
    reel: { readonly media: number; readonly show: number; readonly length: number; readonly userFileName: string },
    signal?: Signal,
  ): Promise<void> {
    const body = { reels: [{ reelNumber: 1, cue: 0, ...reel }] };
    await this.#http.text({ method: "POST", path: `${root}/reels/batch`, body, signal });
  }

  // Assets and uploads

  /** Playback files that are not linked to a show yet. */
  async unlinkedAssets(signal?: Signal): Promise<readonly (Asset & { readonly seconds: number | undefined })[]> {
    const query = { offset: 0, sort: "last_modified", "status_type[]": ["Unlinked"], purpose_type: "Playback" };
    const json = await this.#http.json({ method: "GET", path: `${root}/assets`, query, signal });
    const envelope = z
      .looseObject({ assets: z.array(assetSchema), assetInfos: z.array(assetInfoSchema).nullish() })
      .safeParse(json);
    if (!envelope.success) throw strange({ method: "GET", path: "/assets" }, envelope.error);
    const infos = new Map((envelope.data.assetInfos ?? []).map((info) => [info.id, info]));
    return envelope.data.assets.map((asset) => {
      const info = (asset.assetInfos ?? [])
        .map((each) => infos.get(each))
        .find((each) => each?.frameCount && each.frameRate);
      const seconds = info?.frameCount && info.frameRate ? Math.ceil(info.frameCount / info.frameRate) : undefined;
      return { ...asset, seconds };
    });
  }

  createUpload(
    upload: {
      readonly fileName: string;
      readonly destinationStore: number;
      readonly totalSegments: number;
      readonly size: number;
    },
    signal?: Signal,
  ): Promise<FileUpload> {
    return this.#one(
      { method: "POST", path: "/fileuploads", body: { fileUpload: upload }, signal },
      "fileUpload",
      fileUploadSchema,
    );
  }

  upload(id: number, signal?: Signal): Promise<FileUpload> {
    return this.#one({ method: "GET", path: `/fileuploads/${id}`, signal }, "fileUpload", fileUploadSchema);
  }

  async sendSegment(
    id: number,
    segment: number,
    file: Blob,
    fileName: string,
    timeoutMs: number,
    signal?: Signal,
  ): Promise<void> {
    const form = new FormData();
    form.append("segment", String(segment));
    form.append("file", file, fileName);
    await this.#http.text({ method: "POST", path: `${root}/fileuploads/${id}/upload`, body: form, signal, timeoutMs });
  }

  /** Tells the server that all segments were sent. */
  finishUpload(id: number, signal?: Signal): Promise<FileUpload> {
    const call = {
      method: "PUT",
      path: `/fileuploads/${id}`,
      body: { fileUpload: { state: 2 } },
      signal,
      isRepeatable: true,
    } as const;
    return this.#one(call, "fileUpload", fileUploadSchema);
  }

  // VODs and chapters

  vod(id: number, signal?: Signal): Promise<Vod> {
    return this.#one({ method: "GET", path: `/vods/${id}`, signal }, "vod", vodSchema);
  }

  createVod(show: number, vodConfiguration: number, signal?: Signal): Promise<Vod> {
    return this.#one(
      { method: "POST", path: "/vods", body: { vod: { show, vodConfiguration } }, signal },
      "vod",
      vodSchema,
    );
  }

  async updateVod(id: number, change: (vod: Vod) => Vod, signal?: Signal): Promise<Vod> {
    const before = await this.vod(id, signal);
    const body = { vod: change(before) };
    return this.#one({ method: "PUT", path: `/vods/${id}`, body, signal, isRepeatable: true }, "vod", vodSchema);
  }

  chapters(vod: number, signal?: Signal): Promise<readonly Chapter[]> {
    return this.#all("/chapters", "chapters", chapterSchema, { vod }, signal);
  }

  createChapter(
    chapter: { readonly vod: number; readonly title: string; readonly body: string; readonly offset: number },
    signal?: Signal,
  ): Promise<Chapter> {
    const body = { chapter: { operatorNote: "", quickAdded: false, order: null, deleted: false, ...chapter } };
    return this.#one({ method: "POST", path: "/chapters", body, signal }, "chapter", chapterSchema);
  }

  /** Marks a chapter as deleted with an update, as for all records; not every server is confirmed to support this. */
  async deleteChapter(chapter: Chapter, signal?: Signal): Promise<void> {
    const body = { chapter: { ...chapter, deleted: true } };
    await this.#http.text({ method: "PUT", path: `${root}/chapters/${chapter.id}`, body, signal, isRepeatable: true });
  }

  // Reference lists

  locations(signal?: Signal): Promise<readonly Named[]> {
    return this.#all("/locations", "locations", namedSchema, {}, signal);
  }

  formats(location: number, signal?: Signal): Promise<readonly Named[]> {
    return this.#all("/formats", "formats", namedSchema, { location }, signal);
  }

  vodConfigurations(signal?: Signal): Promise<readonly z.infer<typeof vodConfigurationSchema>[]> {
    return this.#all("/vodconfigurations", "vodConfigurations", vodConfigurationSchema, {}, signal);
  }

  /** A read-only list: `categories`, `producers`, `projects`, `channels`, `filestores`, `devices`. */
  list(path: string, key: string, signal?: Signal): Promise<readonly Named[]> {
    return this.#all(`/${path}`, key, namedSchema, {}, signal);
  }

  /** The user that the credentials belong to, as far as the server reports it. */
  async userSession(signal?: Signal): Promise<{ readonly user: string | undefined }> {
    const json = await this.#http.json({ method: "GET", path: `${root}/usersession`, signal });
    const user: unknown =
      (json as { user?: unknown; userSession?: { user?: unknown } } | null)?.user ??
      (json as { userSession?: { user?: unknown } } | null)?.userSession?.user;
    return { user: typeof user === "string" ? user : undefined };
  }

  /** The server's version, as far as it reports one. */
  async version(signal?: Signal): Promise<string | undefined> {
    const json = await this.#http.json({ method: "GET", path: `${root}/systeminfo`, signal });
    const info =
      (json as { systemInfo?: Record<string, unknown> } | null)?.systemInfo ?? (json as Record<string, unknown> | null);
    const version = info?.cablecastFriendlyVersion ?? info?.cablecastVersion;
    return typeof version === "string" ? version : undefined;
  }

  /** Fetches a file outside the API, such as a playlist or a caption track. @param url absolute */
  async file(url: string, signal?: Signal): Promise<string> {
    const target = new URL(url, this.address);
    // Videos may be delivered by another server, which must not receive the credentials.
    if (target.origin !== new URL(this.address).origin) return this.#http.publicFile(target.href, signal);
    return (await this.#http.text({ method: "GET", path: target.pathname + target.search, signal })).text;
  }
}

function strange({ method, path }: Pick<Call, "method" | "path">, error: z.ZodError): ArchivistError {
  const issue = error.issues[0];
  const where = issue?.path.join(".") ?? "";
  return new ArchivistError("cablecast.answer", {
    subject: `Cablecast ${method} ${path}`,
    cause: `the server's answer is not as it should be (${where}: ${issue?.message ?? "unknown"})`,
  });
}
