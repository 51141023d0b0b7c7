/** What is to be published, and what publishing has to do with. */
import type { Cue } from "../../captions/cue.ts";
import type { Catalog } from "../../catalog/open.ts";
import type { Settings } from "../../contract/settings.ts";
import type { Logger } from "../../lib/logger.ts";
import type { CablecastClient } from "../client/client.ts";

export interface ChapterWish {
  readonly title: string;
  /** Whole seconds from the start. */
  readonly offset: number;
}

export interface Publication {
  readonly transcriptionId: string;
  readonly recordingId: string;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly seconds: number;
  readonly title: string;
  /** Title for the public. */
  readonly publicTitle: string;
  readonly description: string;
  /** Of the meeting, `2026-03-02`. */
  readonly date: string;
  readonly category: number | null;
  readonly producer: number | null;
  readonly project: number | null;
  readonly cues: readonly Cue[];
  /** The SCC file. */
  readonly scc: string;
  readonly chapters: readonly ChapterWish[];
}

export interface PublisherParts {
  readonly client: CablecastClient;
  readonly catalog: Catalog;
  readonly settings: Settings["cablecast"];
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Told how far a long step is, from 0 to 1. */
  readonly onProgress?: (share: number, message: string) => void;
}

/** The mark by which a show of ours is known again, also when the answer to its creation was lost. */
export const markOf = ({ recordingId }: Publication): string => `archivist-${recordingId.slice(0, 18)}`;
