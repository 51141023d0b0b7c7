/**
 * The one schema of the settings. Every leaf has a default, a description for users, and a `mustBe` that completes the
 * sentence "it must be …" when a value is refused. The manual's table (`npm run manual`), the environment variables and
 * the settings screen derive from this file.
 */
import { z } from "zod";
import { backupSchema } from "./settings/backup.ts";
import { captionsSchema } from "./settings/captions.ts";
import { citiesSchema } from "./settings/cities.ts";
import { insightSchema } from "./settings/insight.ts";
import { intakeSchema } from "./settings/intake.ts";
import { lifeCycleSchema } from "./settings/life-cycle.ts";
import { logSchema } from "./settings/log.ts";
import { mediaSchema } from "./settings/media.ts";
import { networkSchema } from "./settings/network.ts";
import { notifySchema } from "./settings/notify.ts";
import { outputSchema } from "./settings/output.ts";
import { publishingSchema, targetSettings } from "./settings/publishing.ts";
import { qualitySchema } from "./settings/quality.ts";
import { queueSchema } from "./settings/queue.ts";
import { schedulesSchema } from "./settings/schedules.ts";
import { type SettingMeta, settingMetaSchema } from "./settings/setting.ts";
import { sharesSchema } from "./settings/shares.ts";
import { speechSchema } from "./settings/speech.ts";
import { updatesSchema } from "./settings/updates.ts";

/** All settings, with their defaults. */
export const settingsSchema = z.strictObject({
  media: mediaSchema.prefault({}),
  speech: speechSchema.prefault({}),
  captions: captionsSchema.prefault({}),
  quality: qualitySchema.prefault({}),
  insight: insightSchema.prefault({}),
  output: outputSchema.prefault({}),
  shares: sharesSchema.prefault({}),
  cities: citiesSchema.prefault({}),
  publishing: publishingSchema.prefault({}),
  ...targetSettings,
  intake: intakeSchema.prefault({}),
  queue: queueSchema.prefault({}),
  schedules: schedulesSchema.prefault({}),
  lifeCycle: lifeCycleSchema.prefault({}),
  backup: backupSchema.prefault({}),
  notify: notifySchema.prefault({}),
  network: networkSchema.prefault({}),
  updates: updatesSchema.prefault({}),
  log: logSchema.prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export type MediaSettings = Settings["media"];

/** One setting, as the schema declares it. */
export interface SettingDeclaration extends SettingMeta {
  /** Dotted key, as in the settings file: `speech.beamSize`. */
  readonly key: string;
  /** Name in the environment: `ARCHIVIST_SPEECH_BEAM_SIZE`. */
  readonly variable: string;
  readonly defaultValue: unknown;
  /** How text from the environment is parsed. */
  readonly kind: "text" | "number" | "list" | "flag" | "json";
  /** The allowed values, where there is a fixed set. */
  readonly choices?: readonly string[];
}

/** A variable with the `ARCHIVIST_` prefix that is not a setting: the settings file itself is in the data folder. */
export const dataFolderVariable = "ARCHIVIST_DATA_DIR";
/** The key of the secret store, which is never stored in the settings file. */
export const secretKeyVariable = "ARCHIVIST_SECRET_KEY";
/** Variables that begin so say where measurements find their models and recordings; the program itself has no use for them. */
export const benchPrefix = "ARCHIVIST_BENCH_";

function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodNullable || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}

function toEnvironmentVariable(key: string): string {
  const words = key.replaceAll(".", "_").replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_");
  return `ARCHIVIST_${words.toUpperCase()}`;
}

function getSettingKind(schema: z.ZodType): SettingDeclaration["kind"] {
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "flag";
  if (schema instanceof z.ZodObject) return "json";
  if (!(schema instanceof z.ZodArray)) return "text";
  return schema.element instanceof z.ZodObject ? "json" : "list";
}

/** Every setting in the order of the schema. */
export function declareSettings(): readonly SettingDeclaration[] {
  const declarations: SettingDeclaration[] = [];
  for (const [group, groupSchema] of Object.entries(settingsSchema.shape)) {
    const object = unwrap(groupSchema) as z.ZodObject;
    for (const [name, schema] of Object.entries(object.shape as Record<string, z.ZodType>)) {
      const key = `${group}.${name}`;
      const meta = settingMetaSchema.parse(schema.meta());
      const inner = unwrap(schema);
      const kind = getSettingKind(inner);
      declarations.push({
        key,
        variable: toEnvironmentVariable(key),
        defaultValue: schema.parse(undefined),
        ...meta,
        kind,
        ...(inner instanceof z.ZodEnum ? { choices: inner.options.map(String) } : {}),
      });
    }
  }
  return declarations;
}
