/**
 * Cablecast: the server, and how recordings are published. User and secret are not settings: they are in the secret
 * store.
 */
import { z } from "zod";
import { webAddress } from "./address.ts";
import { optionalPath, setting } from "./setting.ts";

/** How to resolve a show field that both sides have changed; `ours` and `theirs` also name the source of truth. */
export const metadataRules = ["ours", "theirs", "newest", "ask"] as const;
export type MetadataRule = (typeof metadataRules)[number];

const rule = (defaultRule: MetadataRule) => z.enum(metadataRules).default(defaultRule);

const metadataSchema = z.strictObject({
  title: rule("theirs"),
  // Neither a text that was written by hand nor a corrected summary should be overwritten unasked.
  description: rule("ask"),
  date: rule("theirs"),
  category: rule("theirs"),
  producer: rule("theirs"),
  project: rule("theirs"),
  customFields: rule("theirs"),
});
export type MetadataFieldName = keyof z.infer<typeof metadataSchema>;

export const cablecastSchema = z.strictObject({
  url: setting(
    webAddress.nullable().default(null),
    "Web address of the Cablecast server, such as https://station.cablecast.tv. User and secret: `archivist cablecast login`.",
    "a web address that begins with https:// or http://, without user and password, or null",
  ),
  location: setting(
    z.number().int().positive().default(1),
    "Id of the Cablecast location whose shows are used.",
    "a whole number above 0",
  ),
  timeoutSeconds: setting(
    z.number().min(0.1).max(600).default(30),
    "A call that is not answered within this many seconds has failed.",
    "a number of seconds from 0.1 to 600",
  ),
  attempts: setting(
    z.number().int().min(1).max(10).default(4),
    "How often a call is made that is safe to repeat.",
    "a whole number from 1 to 10",
  ),
  sidecar: setting(
    z.enum(["share", "upload"]).default("share"),
    "How the caption file gets beside the video. share: it is written there; upload: it is sent to the server.",
    "a way: share or upload",
  ),
  contentFolder: setting(
    optionalPath.default(null),
    "Where the server's content drive is mounted here. Empty: captions are written beside the recording.",
    "the absolute path of a folder, or null",
    { overNetwork: "folders" },
  ),
  fileStore: setting(
    z.number().int().positive().nullable().default(null),
    "Id of the file store for uploads. Empty: the only one there is.",
    "a whole number above 0, or null",
  ),
  uploadMinutes: setting(
    z.number().min(0.0001).max(10_080).default(720),
    "An upload that takes longer than this is stopped, in minutes; the next try goes on where it ended.",
    "a number of minutes up to 10080",
  ),
  changeChapters: setting(
    z.boolean().default(false),
    "Chapters that are no longer right are marked as deleted. It is not confirmed that every server takes that.",
    "true or false",
  ),
  metadata: setting(
    metadataSchema.prefault({}),
    "Who is right about a field of a show that both sides have changed (title, description, date, category, producer, " +
      "project, customFields): ours, theirs, newest or ask. ours and theirs also hold when only the other side has.",
    "a list of fields, each with ours, theirs, newest or ask",
  ),
  fullSyncHours: setting(
    z.number().min(0).max(8760).default(24),
    "How often all shows are looked at and not only those that changed, in hours.",
    "a number of hours from 0 to 8760",
  ),
  pollSeconds: setting(
    z.number().min(0.01).max(3600).default(20),
    "How often it is looked whether a VOD can be watched, in seconds.",
    "a number of seconds from 0.01 to 3600",
  ),
  watchableMinutes: setting(
    z.number().min(0).max(2880).default(360),
    "How long it is waited for that, in minutes.",
    "a number of minutes from 0 to 2880",
  ),
  captionsMinutes: setting(
    z.number().min(0).max(2880).default(10),
    "How long it is waited for the captions of a VOD, in minutes; then they are looked for again later.",
    "a number of minutes from 0 to 2880",
  ),
  retrySeconds: setting(
    z.number().min(0).max(60).default(1),
    "Wait before the second call, in seconds; it doubles with each further one.",
    "a number of seconds from 0 to 60",
  ),
});
