/** Publishing: the published data of a meeting, and the interface of publishing targets. */
import { z } from "zod";
import type { Cue } from "../captions/cue.ts";
import type { VerificationState } from "./terms.ts";

/**
 * The names of all publishing targets; the only list of them. `generic`, as settings and rows name it, is the package of
 * electron/vod-package.
 */
export const targetNames = ["cablecast", "generic"] as const;
export type TargetName = (typeof targetNames)[number];

/** Who may watch, for targets that support it; the target has to enforce it. */
export const accessLevels = ["public", "members", "private"] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** A day of the calendar, `2026-03-02`. */
const daySchema = z.iso.date();

/** What may be chosen for several publications at once; what is omitted follows the settings. */
export const sharedPublishOptionFields = {
  target: z.enum(targetNames).optional(),
  /** False: use the title from the recording's file name instead of one made from city and meeting type. */
  generateTitle: z.boolean().optional(),
  /** False: do not generate a description from the summary. */
  generateDescription: z.boolean().optional(),
  tags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  /** Picture height in lines. */
  quality: z.number().int().min(144).max(4_320).optional(),
  /** False: publish without captions. */
  captions: z.boolean().optional(),
};

/** What may be chosen for a single publication; what is omitted follows the settings. */
export const publishOptionFields = {
  ...sharedPublishOptionFields,
  /** Public title. */
  title: z.string().trim().min(1).max(500).optional(),
  description: z.string().max(10_000).optional(),
  /** Date of the meeting. Where none is known yet, it becomes the meeting's own. */
  date: daySchema.optional(),
  /** Chapters instead of those of the meeting; times are the recording's, in milliseconds. */
  chapters: z
    .array(z.strictObject({ title: z.string().trim().min(1).max(500), startMs: z.number().int().min(0) }))
    .max(1_000)
    .optional(),
  /** Number of the show on the server. */
  show: z.number().int().positive().optional(),
  /** True: make a new show, even if a show on the server looks like this recording. */
  newShow: z.boolean().optional(),
  /** Fingerprint of a preview: nothing is sent if it would be something else than that preview has shown. */
  expected: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
};

/** A custom show field of the station, by its id on the server. */
export interface CustomField {
  readonly field: number;
  readonly values: readonly (string | number)[];
}

/** Archivist's metadata of a meeting. */
export interface ShowMetadata {
  /** Title for the public. */
  readonly publicTitle: string;
  readonly description: string;
  /** Date of the meeting, `2026-03-02`; null: not known, and nothing is published without one. */
  readonly date: string | null;
  readonly category: number | null;
  readonly producer: number | null;
  readonly project: number | null;
  readonly customFields: readonly CustomField[];
  /** When the source of this metadata was created, ISO 8601. */
  readonly madeDate: string;
}

export interface PublishedChapter {
  readonly title: string;
  /** Whole seconds from the start. */
  readonly offset: number;
}

export interface Publication extends ShowMetadata {
  readonly transcriptionId: string;
  /** The version that captions, chapters and description are made from. */
  readonly version: number;
  readonly recordingId: string;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly seconds: number;
  readonly city: string | null;
  /** Id of the location on the server, for targets that have locations. */
  readonly location: number;
  /** Title for the station's own lists. */
  readonly title: string;
  readonly tags: readonly string[];
  readonly cues: readonly Cue[];
  /** The SCC file. */
  readonly scc: string;
  /** False: published without captions, as requested. */
  readonly withCaptions: boolean;
  readonly chapters: readonly PublishedChapter[];
  /** Maximum height of the picture in lines; null: the target's default. */
  readonly quality: number | null;
  readonly access: AccessLevel;
  /** True: the user says that no show on the server is this recording yet. */
  readonly isNewShow: boolean;
  /** The show that the user has chosen, by its number; undefined: it is found. */
  readonly chosenShow?: number | undefined;
  /** Fields that the user has set in this request. */
  readonly requested: ReadonlySet<string>;
  /** Shortcomings known before publishing, as messages. */
  readonly shortcomings: readonly string[];
}

export interface PublishOutcome {
  /** Id of the show; null where there are no shows. */
  readonly showId: number | null;
  /** The target's id of the publication. */
  readonly vodId: string;
  readonly url: string | null;
  readonly captionsVerified: VerificationState;
  /** Shortcomings, as messages. */
  readonly missing: readonly string[];
  /** The result of each step, as a message. */
  readonly details: readonly (readonly [step: string, detail: string])[];
}

export interface Verification {
  readonly verified: VerificationState;
  readonly detail: string;
  readonly missing: readonly string[];
}

/** A step of publishing: its name in jobs and outcomes, and the title shown while it runs. */
export interface PublishStep {
  readonly name: string;
  readonly title: string;
}

/** Runs a step; may return the result of an earlier run instead. */
export type StepRunner = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export interface PreviewStep {
  readonly step: string;
  readonly changes: boolean;
  readonly detail: string;
}

/** A field of which the target has another value. */
export interface PreviewField {
  /** `title`, `description`, `date`, `category`, …, or `custom:` and the number of a field of the station. */
  readonly field: string;
  readonly theirs: string;
  /** send: ours replaces theirs; keep: theirs stays; ask: theirs stays until somebody has decided. */
  readonly outcome: "send" | "keep" | "ask";
}

export interface TargetPreview {
  readonly steps: readonly PreviewStep[];
  /** The show that is used; null: a new one, or the target has no shows. */
  readonly show: { readonly id: number; readonly title: string } | null;
  /** Where the target says something else than the publication. */
  readonly fields: readonly PreviewField[];
  /** Heights of the picture in lines that can be chosen; empty: it is not known, or there is no choice. */
  readonly qualities: readonly number[];
}

/** A place where recordings are published. */
export interface PublishTarget {
  readonly name: TargetName;
  /** What publishing would do now; changes nothing on either side. */
  preview(publication: Publication): Promise<TargetPreview>;
  /** @throws ArchivistError `publish.*`, `cablecast.*`, `folder.*`, `file.*`, `interrupted` */
  publish(publication: Publication, step: StepRunner): Promise<PublishOutcome>;
  /** Address of the server; empty where there is none. */
  readonly server: string;
  /** Checks once whether viewers get what was published. */
  verify(
    publication: Publication,
    published: { readonly vodId: string; readonly showId: number | undefined },
  ): Promise<Verification>;
  /** Checks whether a publication is gone; if not, returns instructions for removing it. */
  removal(published: {
    readonly vodId: string;
    readonly showId: number | undefined;
  }): Promise<{ readonly isGone: boolean; readonly instruction: string }>;
}

/**
 * A kind of target, as its folder implements it.
 * @typeParam Deps dependencies of `open`, including the station's settings
 */
export interface PublishTargetKind<Deps extends { readonly settings: unknown }> {
  readonly name: TargetName;
  /** In order. */
  readonly steps: readonly PublishStep[];
  /**
   * Why publishing is impossible with these settings although it is enabled, as a message; undefined: it is possible.
   */
  readonly findSettingsFault: (settings: Deps["settings"]) => string | undefined;
  /** @throws ArchivistError when it is not set up, `secret.*` */
  readonly open: (deps: Deps) => PublishTarget;
}

/** Runs the steps of a publication in order, and collects their messages. */
export class PublishNotes {
  readonly details: [string, string][] = [];
  readonly missing: string[];
  readonly #step: StepRunner;

  constructor(publication: Publication, step: StepRunner) {
    this.missing = [...publication.shortcomings];
    this.#step = step;
  }

  async run<T extends { readonly detail: string; readonly missing?: readonly string[] }>(
    name: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const result = await this.#step(name, work);
    this.details.push([name, result.detail]);
    this.missing.push(...(result.missing ?? []));
    return result;
  }
}
