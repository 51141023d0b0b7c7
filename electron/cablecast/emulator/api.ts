/** Routes of `/cablecastapi/v1`: lists, records, creates and updates, and the few special calls. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Credentials } from "../client/http.ts";
import type { PracticeServer } from "./practice-server.ts";
import { type Resource, resources, sideloads } from "./resources.ts";
import { emptyShow } from "./seed.ts";
import { parseId, type Row } from "./tables.ts";

const root = "/cablecastapi/v1";

type Query = Readonly<Record<string, string | string[] | undefined>>;

export interface ApiOptions {
  readonly station: PracticeServer;
  readonly credentials: Credentials;
  readonly base: () => string;
}

/** An error response of the emulated server. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function addApi(app: FastifyInstance, options: ApiOptions): void {
  const { station } = options;
  for (const resource of resources) {
    app.get(`${root}/${resource.path}`, async (request) => {
      if (!resource.isPublic) requireUser(request, options);
      return list(options, resource, request.query as Query);
    });
    app.get(`${root}/${resource.path}/:id`, async (request) => {
      if (!resource.isPublic) requireUser(request, options);
      const row = await rowNow(options, resource, find(options, resource, request));
      return {
        ...(resource.oneMeta === "null" ? { meta: null } : {}),
        [resource.one]: toAnswer(options, resource, row),
      };
    });
    app.post(`${root}/${resource.path}`, async (request, reply) => {
      requireUser(request, options);
      const row = create(options, resource, getRoot(request.body, resource.one));
      await station.tables.save();
      return reply.status(station.faults.postStatus).send({ [resource.one]: toAnswer(options, resource, row) });
    });
    app.put(`${root}/${resource.path}/:id`, async (request) => {
      requireUser(request, options);
      const row = await update(
        options,
        resource,
        find(options, resource, request),
        getRoot(request.body, resource.one),
      );
      await station.tables.save();
      return { [resource.one]: toAnswer(options, resource, row) };
    });
  }
  addOwnKinds(app, options);
}

function addOwnKinds(app: FastifyInstance, options: ApiOptions): void {
  const { station, credentials } = options;
  const { tables } = station;
  app.post(`${root}/shows/search/advanced`, async (request) => {
    const { query } = getRoot(request.body, "savedShowSearch") as { query?: SearchQuery };
    const results = search(tables.all("shows"), query).slice(0, station.faults.shortSearches);
    return { savedShowSearch: { id: 0, name: "", query, results } };
  });
  app.post(`${root}/reels/batch`, async (request) => {
    requireUser(request, options);
    const wanted = (request.body as { reels?: readonly Record<string, unknown>[] } | null)?.reels;
    if (!Array.isArray(wanted)) throw new HttpError(400, "reels is missing");
    const resource = resources.find(({ path }) => path === "reels") as Resource;
    const reels = wanted.map((reel: Record<string, unknown>) => create(options, resource, reel));
    await tables.save();
    return { reels };
  });
  app.get(`${root}/assets`, async (request) => {
    requireUser(request, options);
    await station.content.scan();
    const linked = new Set(tables.all("reels").map(({ userFileName }) => userFileName));
    const assets = tables.all("assets").filter(({ path }) => !linked.has(path));
    const infos = new Set(assets.flatMap(({ assetInfos }) => assetInfos as readonly number[]));
    return { assets, assetInfos: tables.all("assetInfos").filter(({ id }) => infos.has(id)) };
  });
  app.post(`${root}/fileuploads/:id/upload`, async (request, reply) => {
    requireUser(request, options);
    const upload = tables.get("fileUploads", parseId((request.params as { id: string }).id) ?? 0);
    if (upload === undefined) throw new HttpError(404, "No such upload");
    let segment: number | undefined;
    let bytes: Buffer | undefined;
    for await (const part of request.parts()) {
      if (part.type === "file" && part.fieldname === "file") bytes = await part.toBuffer();
      else if (part.type === "field" && part.fieldname === "segment") segment = parseId(part.value);
    }
    if (segment === undefined || bytes === undefined) throw new HttpError(400, "segment and file are needed");
    station.takeSegment(upload.id, segment, bytes);
    return reply.send();
  });
  app.get(`${root}/vods/:id/chapters`, async (request, reply) => {
    const id = parseId((request.params as { id: string }).id) ?? 0;
    return reply.type("text/vtt").send(chapterTrack(options, id));
  });
  app.get(`${root}/usersession`, async (request) => {
    requireUser(request, options);
    return { user: credentials.user, isAdmin: true, permissions: ["Schedule & Shows"] };
  });
  app.get(`${root}/systeminfo`, async (request) => {
    requireUser(request, options);
    return { systemInfo: { cablecastVersion: "7.8.0", cablecastFriendlyVersion: "7.8", siteName: "Practice station" } };
  });
}

export function requireUser({ headers }: FastifyRequest, { credentials, station }: ApiOptions): void {
  const expected = `Basic ${Buffer.from(`${credentials.user}:${credentials.secret}`).toString("base64")}`;
  if (station.faults.rejectCredentials || headers.authorization !== expected) throw new HttpError(401, "Unauthorized");
}

function find({ station }: ApiOptions, { table }: Resource, request: FastifyRequest): Row {
  const row = station.tables.get(table, parseId((request.params as { id: string }).id) ?? 0);
  if (row === undefined) throw new HttpError(404, "No such record");
  return row;
}

/** Returns the record under its root key, ignoring the key's case. */
function getRoot(body: unknown, key: string): Readonly<Record<string, unknown>> {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  const found = entries.find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  if (typeof found !== "object" || found === null) throw new HttpError(400, `${key} is missing`);
  return found as Readonly<Record<string, unknown>>;
}

async function rowNow({ station }: ApiOptions, { table }: Resource, row: Row): Promise<Row> {
  if (table === "shows" || table === "vods") await station.content.scan();
  if (table === "shows") return station.showNow(row);
  if (table === "vods") return station.vodNow(row);
  return table === "fileUploads" ? station.uploadNow(row) : row;
}

/** Fields that only newer servers have. */
const newFields = new Set([
  "generateCaptions",
  "captionLanguage",
  "captionProvider",
  "thumbnailImage",
  "showThumbnails",
  "statusMessage",
]);

function toAnswer({ station, base }: ApiOptions, { table }: Resource, row: Row): Record<string, unknown> {
  const { stage: _, ...stored } = row;
  const fields = table === "vods" ? withAddress(stored, base()) : stored;
  const known = station.faults.oldServer
    ? Object.fromEntries(Object.entries(fields).filter(([name]) => !newFields.has(name)))
    : fields;
  return station.faults.newServer ? { ...known, [`${table}Extension`]: { level: 9 } } : known;
}

/** Adds the address when a record is served, because the port may differ at each start. */
function withAddress(fields: Readonly<Record<string, unknown>>, base: string): Record<string, unknown> {
  const whole = (value: unknown): unknown =>
    typeof value === "string" && value.startsWith("/") ? base + value : value;
  return { ...fields, url: whole(fields.url), localUrl: whole(fields.localUrl), webVtt: whole(fields.webVtt) };
}

function list(options: ApiOptions, resource: Resource, query: Query): Record<string, unknown> {
  const { station } = options;
  const { faults } = station;
  const rows = rowsAskedFor(options, resource, query).filter((row) => fits(resource, row, query));
  if (resource.table === "shows") rows.sort((a, b) => String(b.eventDate).localeCompare(String(a.eventDate)));
  const asked = Number(query.page_size ?? resource.pageSize);
  const size = asked === -1 ? rows.length : asked;
  const offset = Number(query.offset ?? 0);
  const from = faults.offsetMode === "page" ? offset * size : offset;
  const page = resource.listMeta === "object" ? rows.slice(from, from + size) : rows;
  const metas = { object: { meta: { offset, pageSize: size, count: rows.length } }, null: { meta: null }, none: {} };
  const key = resource.table === "media" && faults.mediasKey ? "medias" : resource.many;
  return {
    ...metas[resource.listMeta],
    [key]: page.map((row) => toAnswer(options, resource, row)),
    ...(faults.noSideloads ? {} : sideloaded(options, page, query)),
  };
}

function rowsAskedFor({ station }: ApiOptions, { table }: Resource, query: Query): readonly Row[] {
  const ids = query["ids[]"];
  if (ids === undefined) return station.tables.all(table);
  return [...new Set([ids].flat().map(Number))].flatMap((id) => station.tables.get(table, id) ?? []);
}

function fits(resource: Resource, row: Row, query: Query): boolean {
  const words = typeof query.search === "string" ? query.search.toLowerCase() : "";
  const text = `${row.title ?? ""} ${row.cgTitle ?? ""} ${row.comments ?? ""}`.toLowerCase();
  if (resource.table === "shows" && words !== "" && !text.includes(words)) return false;
  return (resource.filters ?? []).every((name) => query[name] === undefined || String(row[name]) === query[name]);
}

function sideloaded({ station }: ApiOptions, rows: readonly Row[], query: Query): Record<string, unknown> {
  const extra: Record<string, unknown> = {};
  const names = typeof query.include === "string" ? query.include.toLowerCase().split(",") : [];
  for (const name of names) {
    const load = sideloads[name];
    if (load === undefined) continue;
    const ids = new Set(rows.flatMap((row) => [row[load.field]].flat()).filter((id) => typeof id === "number"));
    extra[load.key] = [...ids].flatMap((id) => station.tables.get(load.table, id as number) ?? []);
  }
  return extra;
}

/** Fields that only the server writes. */
const readOnly = new Set([
  "id",
  "vods",
  "reels",
  "hasCaptions",
  "thumbnailOptions",
  "lastModified",
  "created",
  "vodState",
  "isWatchable",
  "percentComplete",
  "url",
]);

function create(options: ApiOptions, { table }: Resource, fields: Readonly<Record<string, unknown>>): Row {
  const { station } = options;
  const { tables } = station;
  const now = station.now();
  if (table === "shows") {
    if (typeof fields.title !== "string") throw new HttpError(400, "title is missing");
    return tables.add("shows", { ...emptyShow, ...fields, created: now, modified: now, lastModified: now });
  }
  if (table === "vods") return station.createVod(fields);
  if (table === "fileUploads")
    return tables.add(table, { ...fields, state: 1, asset: null, created: now, lastModified: now });
  const row = tables.add(table, withNumbers(fields));
  if (table === "reels") attach(options, "shows", row.show, "reels", row.id);
  if (table === "chapters") attach(options, "vods", row.vod, "chapters", row.id);
  return row;
}

const relations = new Set(["show", "vod", "media", "format", "location"]);

/** Ids that were posted as text are accepted. */
function withNumbers(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, relations.has(name) ? (parseId(value) ?? value) : value]),
  );
}

function attach({ station }: ApiOptions, table: "shows" | "vods", id: unknown, field: string, value: number): void {
  const owner = station.tables.get(table, parseId(id) ?? 0);
  if (owner === undefined) throw new HttpError(400, `There is no such record in ${table}`);
  const known = (owner[field] ?? []) as readonly number[];
  station.tables.change(table, owner.id, {
    [field]: [...known, value],
    ...(table === "shows" ? { lastModified: station.now() } : {}),
  });
}

async function update(
  options: ApiOptions,
  { table }: Resource,
  row: Row,
  fields: Readonly<Record<string, unknown>>,
): Promise<Row> {
  const { station } = options;
  if (table === "fileUploads") {
    if (fields.state === 2 && !station.finishUpload(row)) throw new HttpError(400, "A segment is missing");
    return station.tables.get(table, row.id) as Row;
  }
  const isKept = (name: string): boolean =>
    !readOnly.has(name) &&
    !(name === "customFields" && station.faults.dropCustomFields) &&
    !(name === "thumbnail" && station.faults.dropThumbnail);
  const changes = Object.fromEntries(Object.entries(fields).filter(([name]) => isKept(name)));
  const modified = table === "shows" ? { modified: station.now(), lastModified: station.now() } : {};
  return station.tables.change(table, row.id, { ...changes, ...modified });
}

interface SearchQuery {
  readonly groups?: readonly {
    readonly orAnd?: string;
    readonly filters?: readonly { readonly field: string; readonly operator: string; readonly searchValue: unknown }[];
  }[];
  readonly sortOptions?: readonly { readonly field: string; readonly descending?: boolean }[];
}

function search(shows: readonly Row[], query: SearchQuery | undefined): readonly number[] {
  const comparable = (value: unknown): string | number => {
    const text = String(value ?? "");
    return /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : text.toLowerCase();
  };
  const matches = (
    show: Row,
    { field, operator, searchValue }: { field: string; operator: string; searchValue: unknown },
  ): boolean => {
    const [own, wanted] = [comparable(show[field]), comparable(searchValue)];
    if (operator === "greaterThan") return own > wanted;
    if (operator === "equals") return own === wanted;
    throw new HttpError(400, `Unknown operator ${operator}`);
  };
  const groups = query?.groups ?? [];
  const found = shows.filter((show) =>
    groups.every(({ orAnd, filters = [] }) =>
      orAnd === "or"
        ? filters.some((filter) => matches(show, filter))
        : filters.every((filter) => matches(show, filter)),
    ),
  );
  const [sort] = query?.sortOptions ?? [];
  if (sort !== undefined) {
    const order = sort.descending ? -1 : 1;
    found.sort((a, b) => (comparable(a[sort.field]) < comparable(b[sort.field]) ? -order : order));
  }
  return found.map(({ id }) => id);
}

/** The published chapters of a VOD as WebVTT. */
export function chapterTrack({ station }: ApiOptions, vodId: number): string {
  const vod = station.tables.get("vods", vodId);
  if (vod?.chaptersPublished !== true) return "WEBVTT\n";
  const chapters = station.tables
    .all("chapters")
    .filter(
      (chapter) =>
        chapter.vod === vodId && chapter.deleted !== true && chapter.hidden !== true && chapter.quickAdded !== true,
    )
    .toSorted((a, b) => Number(a.offset) - Number(b.offset));
  const clock = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(11, 19)}.000`;
  const cues = chapters.map(({ offset, title }, index) => {
    const end = Number(chapters[index + 1]?.offset ?? Math.max(Number(vod.length), Number(offset) + 1));
    return `${clock(Number(offset))} --> ${clock(end)}\n${String(title)}\n`;
  });
  return `WEBVTT\n\n${cues.join("\n")}`;
}

/** Sends an error in the format of the emulated server. */
export function sendError(station: PracticeServer, error: unknown, reply: FastifyReply): void {
  const status = error instanceof HttpError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
  const message = error instanceof Error ? error.message : String(error);
  if (status === 401) reply.header("WWW-Authenticate", "Basic");
  if (station.faults.htmlErrors) {
    void reply
      .status(status)
      .type("text/html")
      .send(`<html><head><title>Error</title></head><body><h1>${status}</h1><p>${message}</p></body></html>`);
  } else void reply.status(status).send({ Message: message });
}
