/** Resources of the API: their paths, root keys and response envelopes (electron/cablecast/README.md, "Envelopes"). */
import type { TableName } from "./tables.ts";

export interface Resource {
  readonly path: string;
  readonly table: TableName;
  readonly one: string;
  readonly many: string;
  /** Form of `meta` in lists; `oneMeta` is that of single records. */
  readonly listMeta: "object" | "null" | "none";
  readonly oneMeta: "null" | "none";
  readonly pageSize: number;
  /** True when it can be read without credentials. */
  readonly isPublic: boolean;
  /** Query parameters that filter records; others are silently ignored. */
  readonly filters?: readonly string[];
}

const reference = { listMeta: "none", oneMeta: "none", pageSize: 50, isPublic: true } as const;

export const resources: readonly Resource[] = [
  {
    path: "shows",
    table: "shows",
    one: "show",
    many: "shows",
    listMeta: "object",
    oneMeta: "null",
    pageSize: 50,
    isPublic: true,
    filters: ["location", "project"],
  },
  {
    path: "vods",
    table: "vods",
    one: "vod",
    many: "vods",
    listMeta: "object",
    oneMeta: "none",
    pageSize: 50,
    isPublic: true,
  },
  { ...reference, path: "reels", table: "reels", one: "reel", many: "reels", filters: ["show"] },
  { ...reference, path: "media", table: "media", one: "media", many: "media", filters: ["location"] },
  { ...reference, path: "chapters", table: "chapters", one: "chapter", many: "chapters", filters: ["vod"] },
  { ...reference, path: "categories", table: "categories", one: "category", many: "categories", filters: ["location"] },
  { ...reference, path: "producers", table: "producers", one: "producer", many: "producers", filters: ["location"] },
  { ...reference, path: "projects", table: "projects", one: "project", many: "projects", filters: ["location"] },
  { ...reference, path: "channels", table: "channels", one: "channel", many: "channels", listMeta: "null" },
  {
    ...reference,
    path: "formats",
    table: "formats",
    one: "format",
    many: "formats",
    isPublic: false,
    filters: ["location"],
  },
  { ...reference, path: "locations", table: "locations", one: "location", many: "locations", isPublic: false },
  {
    ...reference,
    path: "vodconfigurations",
    table: "vodConfigurations",
    one: "vodConfiguration",
    many: "vodConfigurations",
    isPublic: false,
    filters: ["location"],
  },
  { ...reference, path: "filestores", table: "fileStores", one: "fileStore", many: "fileStores", isPublic: false },
  { ...reference, path: "fileuploads", table: "fileUploads", one: "fileUpload", many: "fileUploads", isPublic: false },
];

/** Values of `include` and the related records that they add. */
export const sideloads: Readonly<
  Record<string, { readonly table: TableName; readonly key: string; readonly field: string }>
> = {
  reel: { table: "reels", key: "reels", field: "reels" },
  vod: { table: "vods", key: "vods", field: "vods" },
  category: { table: "categories", key: "categories", field: "category" },
  producer: { table: "producers", key: "producers", field: "producer" },
  project: { table: "projects", key: "projects", field: "project" },
};
