/** One run of a transcription: the context that its stages share. */
import type { CaptionProfileName, SpeakerLabels } from "../captions/quality/caption-profile.ts";
import type { RecordingRow } from "../catalog/repositories/recordings.ts";
import type { TranscriptionRow } from "../catalog/repositories/transcriptions.ts";
import type { OutputFormat } from "../contract/formats.ts";
import type { MediaInfo } from "../media/probe-report.ts";
import type { FoundModel } from "../speech/models/found-models.ts";
import type { StationServices } from "../station-services.ts";
import type { Estimator } from "./estimator.ts";
import type { StageName, TranscriptionListener } from "./events.ts";
import type { RecordingPart } from "./job-payload.ts";

/** Meeting details that a user has entered. */
export interface MeetingInfo {
  readonly date?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly title?: string | null | undefined;
}

/** What to transcribe, and with which options. */
export interface TranscriptionRequest {
  /** Absolute path of the recording. */
  readonly path: string;
  readonly model: FoundModel;
  /** Language code, or `auto`. */
  readonly language: string;
  /** Translate into English. */
  readonly translate: boolean;
  /** Languages that are looked for besides it; absent: none. */
  readonly otherLanguages?: readonly string[] | undefined;
  /** Translate those into the meeting's language, if that is English; absent: captions in the language spoken. */
  readonly translatesOthers?: boolean | undefined;
  /** City that the recording belongs to, as shown in the library; undefined: none. */
  readonly city: string | undefined;
  /** Glossary used for recognition: usually the city's name, but its settings may name another one. */
  readonly glossaryName: string | undefined;
  readonly formats: readonly OutputFormat[];
  /** Whether a summary belongs to it; undefined: as before, else as the settings say. */
  readonly summary?: boolean | undefined;
  /** True: no summary belongs to new work, unless `summary` says so. */
  readonly isCaptionsOnly?: boolean | undefined;
  /** 1 to 5, as in the queue; stored for other programs. */
  readonly priority?: number | undefined;
  /** Absolute output folder; undefined: a separate folder in the output folder. */
  readonly out: string | undefined;
  /** Output folder stored with a new transcription, absolute or in the output folder; undefined: a folder in there. */
  readonly place?: string | undefined;
  /** File to read the audio from, such as a repaired copy; undefined: the recording itself. */
  readonly source?: string | undefined;
  /** Which sound of the recording is used (`contract/sound.ts`); undefined: the one with speech. */
  readonly sound?: string | undefined;
  /** Caption profile; undefined: from the settings. */
  readonly profile?: CaptionProfileName | undefined;
  /** How a change of speaker is shown; undefined: from the settings. */
  readonly speakerLabels?: SpeakerLabels | undefined;
  /** The text of the house style (`captions/house-style/style.ts`); undefined: from the settings. */
  readonly style?: string | undefined;
  /** Processor threads for recognition; undefined: from the settings. */
  readonly threads?: number | undefined;
  /** False: words and captions only; a summary, if there is to be one, comes later. */
  readonly enrich?: boolean | undefined;
  /** Known meeting details; the others are read from the file name. */
  readonly meeting?: MeetingInfo | undefined;
  /** The parts that it was joined of, in order: their captions are carried over. */
  readonly parts?: readonly RecordingPart[] | undefined;
  /** Id of the transcription of a worse copy, whose captions are carried over where the sound agrees. */
  readonly replaces?: string | undefined;
  /** Who has asked for that. */
  readonly by?: string | undefined;
  /** Transcribe again even if it was done before. */
  readonly force: boolean;
  /** Order in the lanes: the lowest goes first. */
  readonly order?: number;
}

export interface TranscriptionRun {
  readonly services: StationServices;
  readonly request: TranscriptionRequest;
  readonly info: MediaInfo;
  readonly recording: RecordingRow;
  readonly transcription: TranscriptionRow;
  /** Folder of the decoded audio. */
  readonly folder: string;
  readonly estimator: Estimator;
  readonly listener: TranscriptionListener;
  readonly signal: AbortSignal | undefined;
  readonly order: number;
}

/** A stage of a transcription. It reads and writes rows and files, and can be run again. */
export interface TranscriptionStage {
  readonly name: StageName;
  /** True if the result already exists from an earlier attempt. */
  readonly isDone: (job: TranscriptionRun) => boolean;
  readonly run: (job: TranscriptionRun) => Promise<void>;
}
