/**
 * Schemas of the Cablecast records that Archivist reads (electron/cablecast/README.md, "The API"). Servers differ by
 * version: unknown fields are kept, so that a record that is written back is whole, and missing ones are tolerated.
 */
import { z } from "zod";

const id = z.number().int();
const text = z.string().nullish();
const ids = z.array(id).nullish();
const flag = z.boolean().nullish();

export const showSchema = z.looseObject({
  id,
  location: id.nullish(),
  title: z.string(),
  cgTitle: text,
  comments: text,
  eventDate: text,
  category: id.nullish(),
  producer: id.nullish(),
  project: id.nullish(),
  localId: text,
  customFields: z.array(z.looseObject({ showField: id.nullish(), value: z.unknown().optional() })).nullish(),
  reels: ids,
  vods: ids,
  totalRunTime: z.number().nullish(),
  thumbnail: id.nullish(),
  thumbnailOptions: ids,
  lastModified: text,
  hasCaptions: flag,
});
export type Show = z.infer<typeof showSchema>;

export const reelSchema = z.looseObject({
  id,
  media: id.nullish(),
  show: id.nullish(),
  reelNumber: z.number().int().nullish(),
  length: z.number().nullish(),
  userFileName: text,
});
export type Reel = z.infer<typeof reelSchema>;

export const mediaSchema = z.looseObject({ id, location: id.nullish(), mediaName: text });

export const vodSchema = z.looseObject({
  id,
  show: id,
  vodConfiguration: id.nullish(),
  /** Any text is accepted: only `complete` was seen on a live server. */
  vodState: text,
  isWatchable: flag,
  percentComplete: z.number().nullish(),
  errorMessage: text,
  url: text,
  length: z.number().nullish(),
  chapters: ids,
  chaptersPublished: flag,
  views: z.number().nullish(),
});
export type Vod = z.infer<typeof vodSchema>;

export const chapterSchema = z.looseObject({
  id,
  vod: id,
  title: z.string().nullish(),
  body: text,
  offset: z.number(),
  deleted: flag,
  hidden: flag,
  quickAdded: flag,
});
export type Chapter = z.infer<typeof chapterSchema>;

export const namedSchema = z.looseObject({ id, name: z.string().nullish(), location: id.nullish() });
export type Named = z.infer<typeof namedSchema>;

export const vodConfigurationSchema = z.looseObject({
  id,
  location: id.nullish(),
  defaultQuality: z.unknown().optional(),
});

export const fileUploadSchema = z.looseObject({ id, state: z.number().int(), fileName: text, asset: id.nullish() });
export type FileUpload = z.infer<typeof fileUploadSchema>;

export const assetSchema = z.looseObject({ id: id.nullish(), path: text, assetInfos: ids });
export const assetInfoSchema = z.looseObject({ id, frameCount: z.number().nullish(), frameRate: z.number().nullish() });
export type Asset = z.infer<typeof assetSchema>;

export const metaSchema = z
  .looseObject({ offset: z.number().nullish(), pageSize: z.number().nullish(), count: z.number().nullish() })
  .nullish();

export const searchSchema = z.looseObject({ results: z.array(id) });
