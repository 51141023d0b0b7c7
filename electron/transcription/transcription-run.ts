/** One transcription in work: what its steps share. */
import type { CaptionProfileName } from "../captions/quality/caption-profile.ts";
import type { RecordingRow } from "../catalog/repositories/recordings.ts";
import type { TranscriptionRow } from "../catalog/repositories/transcriptions.ts";
import type { OutputFormat } from "../contract/formats.ts";
import type { MediaInfo } from "../media/probe-report.ts";
import type { FoundModel } from "../speech/models/found-models.ts";
import type { StationServices } from "../station-services.ts";
import type { Estimator } from "./estimator.ts";
import type { StageName, TranscriptionListener } from "./events.ts";

/** What a person says of a meeting. */
export interface MeetingInfo {
  readonly date?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly title?: string | null | undefined;
}

/** What is to be transcribed, and how. */
export interface TranscriptionRequest {
  /** Absolute path of the recording. */
  readonly path: string;
  readonly model: FoundModel;
  /** Language code, or `auto`. */
  readonly language: string;
  /** Into English. */
  readonly translate: boolean;
  /** City that the recording belongs to, as the library shows it; undefined: none. */
  readonly city: string | undefined;
  /** List of names that recognition uses: often the city's name, but its settings may name another one. */
  readonly glossaryName?: string | undefined;
  readonly formats: readonly OutputFormat[];
  /** Absolute folder for the files; undefined: a folder of its own in the output folder. */
  readonly out: string | undefined;
  /** The transcription's own place, where it is a new one; undefined: a folder in the output folder. */
  readonly place?: string | undefined;
  /** Where its sound is read from; undefined: the recording itself. A copy that was mended, for instance. */
  readonly source?: string | undefined;
  /** Caption rules; undefined: those of the settings. */
  readonly profile?: CaptionProfileName | undefined;
  /** Processor threads for recognition; undefined: as the settings say. */
  readonly threads?: number | undefined;
  /** False: words and captions only, without a summary. */
  readonly enrich?: boolean | undefined;
  /** What is known of the meeting; what is not is read from the file's name. */
  readonly meeting?: MeetingInfo | undefined;
  /** Do it anew even if it has been done. */
  readonly force: boolean;
  /** Whose turn it is where several want the same thing: the lowest. */
  readonly order?: number;
}

export interface TranscriptionRun {
  readonly services: StationServices;
  readonly request: TranscriptionRequest;
  readonly info: MediaInfo;
  readonly recording: RecordingRow;
  readonly transcription: TranscriptionRow;
  /** Folder of the decoded recording. */
  readonly folder: string;
  readonly estimator: Estimator;
  readonly listener: TranscriptionListener;
  readonly signal: AbortSignal | undefined;
  readonly order: number;
}

/** A stage of a job. It reads rows and files, writes rows and files, and can be run again. */
export interface TranscriptionStage {
  readonly name: StageName;
  /** True when its result is there already, from an attempt before. */
  readonly isDone: (job: TranscriptionRun) => boolean;
  readonly run: (job: TranscriptionRun) => Promise<void>;
}
