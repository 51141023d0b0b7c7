/** Publishing: what is published of a meeting, and what a place is that it can be published in. */
import type { Cue } from "../captions/cue.ts";
import type { VerificationState } from "./terms.ts";

/** Where recordings are published: the one list of the names of all targets. */
export const targetNames = ["cablecast", "generic"] as const;
export type TargetName = (typeof targetNames)[number];

/** Who may watch, for places that know such a thing; the place itself has to hold to it. */
export const accessLevels = ["public", "members", "private"] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** A show field of the station's own, by its id on the server. */
export interface CustomField {
  readonly field: number;
  readonly values: readonly (string | number)[];
}

/** What Archivist says about a meeting. */
export interface ShowMetadata {
  /** Title for the public. */
  readonly publicTitle: string;
  readonly description: string;
  /** Of the meeting, `2026-03-02`. */
  readonly date: string;
  readonly category: number | null;
  readonly producer: number | null;
  readonly project: number | null;
  readonly customFields: readonly CustomField[];
  /** When what it was made from was made, ISO 8601. */
  readonly madeDate: string;
}

export interface PublishedChapter {
  readonly title: string;
  /** Whole seconds from the start. */
  readonly offset: number;
}

export interface Publication extends ShowMetadata {
  readonly transcriptionId: string;
  readonly recordingId: string;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly seconds: number;
  readonly city: string | null;
  /** Id of the location on the server, for places that have such. */
  readonly location: number;
  /** Title for the station's own lists. */
  readonly title: string;
  readonly tags: readonly string[];
  readonly cues: readonly Cue[];
  /** The SCC file. */
  readonly scc: string;
  /** False: it is published without captions, as was asked. */
  readonly withCaptions: boolean;
  readonly chapters: readonly PublishedChapter[];
  /** Lines of the picture at most; null: as the place does by default. */
  readonly quality: number | null;
  readonly access: AccessLevel;
  /** True: a person says that no show on the server is this recording yet. */
  readonly isNewShow: boolean;
  /** Fields that a person has said just now. */
  readonly requested: ReadonlySet<string>;
  /** What falls short before anything is done, in words. */
  readonly shortcomings: readonly string[];
}

export interface PublishOutcome {
  /** Id of the show; null where there are no shows. */
  readonly showId: number | null;
  /** What the place calls it. */
  readonly vodId: string;
  readonly url: string | null;
  readonly captionsVerified: VerificationState;
  /** What falls short, in words. */
  readonly missing: readonly string[];
  /** What each step did, in words. */
  readonly details: readonly (readonly [step: string, detail: string])[];
}

export interface Verification {
  readonly verified: VerificationState;
  readonly detail: string;
  readonly missing: readonly string[];
}

/** A part of publishing: its name in jobs and outcomes, and what is said while it is done. */
export interface PublishStep {
  readonly name: string;
  readonly title: string;
}

/** Does a step; what an earlier run has done of it may be given again. */
export type StepRunner = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export interface PreviewStep {
  readonly step: string;
  readonly changes: boolean;
  readonly detail: string;
}

/** Where recordings are published. */
export interface PublishTarget {
  readonly name: TargetName;
  /** What publishing would do now; nothing is changed, there or here. */
  preview(publication: Publication): Promise<readonly PreviewStep[]>;
  /** @throws ArchivistError `publish.*`, `cablecast.*`, `folder.*`, `file.*`, `interrupted` */
  publish(publication: Publication, step: StepRunner): Promise<PublishOutcome>;
  /** Address of the server; empty where there is none. */
  readonly server: string;
  /** Looks once whether what viewers get is what was made. */
  verify(
    publication: Publication,
    published: { readonly vodId: string; readonly showId: number | undefined },
  ): Promise<Verification>;
  /** Whether something that was published is gone; where it is not, how a person removes it. */
  removal(published: {
    readonly vodId: string;
    readonly showId: number | undefined;
  }): Promise<{ readonly isGone: boolean; readonly instruction: string }>;
}

/**
 * A kind of target, as its folder describes it.
 * @typeParam Deps what it is opened with, the station's settings among them
 */
export interface PublishTargetKind<Deps extends { readonly settings: unknown }> {
  readonly name: TargetName;
  /** In their order. */
  readonly steps: readonly PublishStep[];
  /** Why nothing can be published with these settings although the station means to, in words; undefined: it can. */
  readonly findSettingsFault: (settings: Deps["settings"]) => string | undefined;
  /** @throws ArchivistError when it is not set up, `secret.*` */
  readonly open: (deps: Deps) => PublishTarget;
}

/** Runs the steps of a publication in their order, and collects what each of them says. */
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
