/**
 * The closed list of errors: every failure that a user can meet has a code, a cause and a remedy in the user's words.
 * No other error is ever shown to a user.
 */
import { writtenFileExtensions } from "../captions/formats/format-names.ts";

/** How an error is recovered from; the seven classes of the legacy system, used by the queue. */
export type RecoveryClass = "missing-file" | "permission" | "disk-full" | "memory" | "network" | "format" | "timeout";

/** One kind of error in the list. */
export interface ErrorKind {
  /** What happened, as the end of the sentence "<subject>: …", without a full stop. */
  readonly cause: string;
  /** What the user can do about it, as a complete sentence. */
  readonly remedy: string;
  /** True when an unchanged retry has a fair chance of success. */
  readonly retryable: boolean;
  readonly recovery?: RecoveryClass;
}

const kinds = {
  "usage.invalid": {
    cause: "the command was not understood",
    remedy: "Run the command with --help to see what it takes.",
    retryable: false,
  },
  "node.too-old": {
    cause: "this version of Node.js is too old",
    remedy: "Install Node.js 24 or newer, or run Archivist through npm, which brings its own.",
    retryable: false,
  },
  interrupted: {
    cause: "it was interrupted",
    remedy: "Run the same command again: it goes on where it stopped.",
    retryable: true,
  },

  "settings.invalid": {
    cause: "a setting is wrong",
    remedy: "Correct the setting and try again.",
    retryable: false,
  },
  "pattern.invalid": {
    cause: "the pattern cannot be used",
    remedy: "Correct the pattern.",
    retryable: false,
  },
  "settings.here-only": {
    cause: "this cannot be set from another machine",
    remedy:
      "Set it at the station's own machine: in the desktop program, or in settings.json in the data folder. Folders that may be chosen from other machines are listed there as network.folders.",
    retryable: false,
  },
  "settings.unreadable": {
    cause: "the settings file cannot be read",
    remedy: "Correct settings.json in the data folder, or move it away to use the defaults.",
    retryable: false,
  },

  "folder.network": {
    cause: "the data folder lies on a network share, where a database is not safe",
    remedy: "Choose a folder on a disk of this machine with --data-dir or ARCHIVIST_DATA_DIR.",
    retryable: false,
  },
  "folder.in-use": {
    cause: "another Archivist is working in this data folder",
    remedy: "Wait until it has finished, close it, or choose another folder with --data-dir.",
    retryable: true,
  },
  "folder.not-writable": {
    cause: "the folder cannot be written to",
    remedy: "Give your user write permission for the folder, or choose another one.",
    retryable: false,
    recovery: "permission",
  },
  "disk.full": {
    cause: "the disk is full",
    remedy: "Free some space and run the same command again: finished parts are kept.",
    retryable: true,
    recovery: "disk-full",
  },
  "disk.failed": {
    cause: "reading or writing failed",
    remedy: "Check the disk or the network share, then run the same command again.",
    retryable: true,
  },

  "file.missing": {
    cause: "there is no such file",
    remedy: "Check the path, and that the share it lies on is mounted.",
    retryable: false,
    recovery: "missing-file",
  },
  "file.is-folder": {
    cause: "this is a folder, not a recording",
    remedy: "Name the recordings inside it.",
    retryable: false,
  },
  "file.not-regular": {
    cause: "this is not an ordinary file",
    remedy: "Name a recording that is stored as a file.",
    retryable: false,
  },
  "file.unreadable": {
    cause: "the file cannot be opened",
    remedy: "Give your user read permission for the file.",
    retryable: false,
    recovery: "permission",
  },
  "file.empty": {
    cause: "the file is empty (0 bytes)",
    remedy: "Copy the recording again: it may still have been on its way.",
    retryable: false,
    recovery: "missing-file",
  },
  "file.too-large": {
    cause: "the file is larger than the limit",
    remedy: "Raise media.maxFileGigabytes in the settings if this is right.",
    retryable: false,
  },
  "file.changed": {
    cause: "the file changed while it was being read",
    remedy: "Wait until it has been copied completely, then run the same command again.",
    retryable: true,
    recovery: "missing-file",
  },

  "media.not-media": {
    cause: "this is not a recording that Archivist can read",
    remedy: "Use MP4, MOV, MKV, AVI, WMV, TS, MP3, WAV, FLAC or M4A.",
    retryable: false,
    recovery: "format",
  },
  "media.no-audio": {
    cause: "the recording has no sound: there is no audio stream in it",
    remedy: "Use the version of the recording that has sound.",
    retryable: false,
    recovery: "format",
  },
  "media.truncated": {
    cause: "the recording is incomplete: its end is missing",
    remedy: "Copy or export the recording again and wait until that has finished.",
    retryable: false,
    recovery: "missing-file",
  },
  "media.encrypted": {
    cause: "the recording is encrypted",
    remedy: "Export it without copy protection.",
    retryable: false,
    recovery: "format",
  },
  "media.undecodable": {
    cause: "the sound of the recording cannot be decoded",
    remedy: "Convert the recording to MP4 with AAC sound and try again.",
    retryable: false,
    recovery: "format",
  },
  "media.too-long": {
    cause: "the recording is longer than the limit",
    remedy: "Raise media.maxHours in the settings if this is right.",
    retryable: false,
  },
  "media.too-short": {
    cause: "the recording is too short to hold speech",
    remedy: "Check that this is the right file.",
    retryable: false,
  },

  "tool.missing": {
    cause: "a program that Archivist needs was not found",
    remedy: "Run `archivist doctor`: it says which one and how to get it.",
    retryable: false,
  },
  "tool.changed": {
    cause: "this file is not the one that came with Archivist, and is not used",
    remedy: "Install Archivist again. If it happens again, somebody or something on this machine changes its files.",
    retryable: false,
  },
  "tool.failed": {
    cause: "a program that Archivist started has failed",
    remedy: "Try again; if it fails again, send the log to support.",
    retryable: true,
  },
  "tool.stalled": {
    cause: "a program that Archivist started made no progress and was ended",
    remedy: "Check that the share with the recording answers, then run the same command again.",
    retryable: true,
    recovery: "timeout",
  },

  "engine.missing": {
    cause: "the speech engine has not been built on this machine",
    remedy: "Run `npm run native` once (it needs CMake and a C++ compiler).",
    retryable: false,
  },
  "engine.crashed": {
    cause: "the speech engine stopped unexpectedly",
    remedy: "Run the same command again: finished parts are kept. If it stops again, use a smaller model.",
    retryable: true,
    recovery: "memory",
  },
  "engine.instruction": {
    cause: "the processor refused an instruction that it claims to know",
    remedy: "Run the same command again: the speech engine does without such instructions from now on.",
    retryable: true,
  },
  "engine.processor": {
    cause: "the speech engine was built with instructions that do not work on this processor",
    remedy:
      "Build the speech engine for any processor: `npm run native -- --portable`. Of a virtual machine, choose a processor " +
      "type without the instructions that its host does not have (AMX, AVX-512).",
    retryable: false,
  },
  "engine.failed": {
    cause: "the speech engine reported an error",
    remedy: "Run the same command again: finished parts are kept.",
    retryable: true,
  },
  "engine.protocol": {
    cause: "the speech engine sent an answer that makes no sense",
    remedy: "Run `npm run native -- --rebuild` and try again.",
    retryable: true,
  },
  "engine.out-of-memory": {
    cause: "there is not enough memory for this model",
    remedy: "Close other programs or use a smaller model (--model).",
    retryable: false,
    recovery: "memory",
  },

  "model.missing": {
    cause: "the speech model is not on this machine",
    remedy: "Get one under Settings, Models, or with `archivist models pull NAME`.",
    retryable: false,
  },
  "model.invalid": {
    cause: "this file is not a whisper model",
    remedy: "Use a ggml model file of whisper.cpp, such as ggml-base.en.bin.",
    retryable: false,
  },
  "model.truncated": {
    cause: "the speech model is incomplete",
    remedy: "Download the model file again.",
    retryable: false,
  },
  "model.language": {
    cause: "this model does not know that language",
    remedy: "Use a multilingual model (one without .en in its name).",
    retryable: false,
  },
  "model.too-large": {
    cause: "this model needs more memory than this machine has",
    remedy: "Use a smaller model, or a quantised one (with -q5 or -q8 in its name).",
    retryable: false,
    recovery: "memory",
  },
  "model.corrupt": {
    cause: "the model file is not the one that was published: its checksum is another",
    remedy: "Run `archivist models pull` again.",
    retryable: false,
  },
  "model.in-use": {
    cause: "another model is being downloaded or imported at this moment",
    remedy: "Wait until it has finished.",
    retryable: true,
  },
  "model.exists": {
    cause: "there is another model of this name already",
    remedy: "Give it another name with --name, or remove the old one first.",
    retryable: false,
  },

  "self-test.busy": {
    cause: "a recording is being transcribed, and the two would slow each other down",
    remedy: "Try again when it is done.",
    retryable: true,
  },
  "self-test.unavailable": {
    cause: "only the speech engine whisper-host can be measured, and another one is used here",
    remedy: "Run `npm run native` once, or set speech.engine to auto.",
    retryable: false,
  },

  "download.network": {
    cause: "the download broke off",
    remedy:
      "Check the network and the proxy (network.proxy), and run the same command again: it goes on where it stopped.",
    retryable: true,
    recovery: "network",
  },
  "download.refused": {
    cause: "the server refused the download",
    remedy:
      "Check the address (speech.modelMirror), or download the file by hand and run `archivist models import FILE`.",
    retryable: false,
  },
  "download.busy": {
    cause: "the server is overloaded, or wants fewer requests",
    remedy: "Try again later: what has been downloaded is kept.",
    retryable: true,
    recovery: "network",
  },
  "download.wrong-size": {
    cause: "the server offers a file of another size than was published",
    remedy: "Check the address (speech.modelMirror): this is not the file.",
    retryable: false,
  },

  "glossary.invalid": {
    cause: "this is not a list of names",
    remedy: "Give a text file with one name a line.",
    retryable: false,
  },

  "call.too-many": {
    cause: "too much is open at once for this account",
    remedy: "Close some windows of Archivist, and programs that use it under the same name.",
    retryable: true,
  },
  "station.safe": {
    cause: "the station is only looked at, because it has stopped again and again",
    remedy: "Export what you need, and open the station anew.",
    retryable: false,
  },

  "dictionary.invalid": {
    cause: "this is not a dictionary for the spell check",
    remedy: "Choose the .aff and the .dic file of one language, as LibreOffice and Firefox have them.",
    retryable: false,
  },

  "file.exists": {
    cause: "there is a file of this name already",
    remedy: "Name another file, or use --force to write over it.",
    retryable: false,
  },

  "comment.unknown": {
    cause: "the comment is not there any more",
    remedy: "Somebody has removed it. Write a new one.",
    retryable: false,
  },
  "comment.answered": {
    cause: "others have answered this comment, and their answers would go with it",
    remedy: "Resolve it instead, or ask an administrator to remove it.",
    retryable: false,
  },
  "comment.others": {
    cause: "somebody else has written this comment",
    remedy: "Resolve it instead, or ask an administrator to remove it.",
    retryable: false,
  },

  "document.unreadable": {
    cause: "the document cannot be read",
    remedy: "Save it as a PDF with text, as a Word document (DOCX), as a web page (HTML only), or as plain text.",
    retryable: false,
    recovery: "format",
  },

  "captions.unreadable": {
    cause: "the caption file cannot be read",
    remedy: "Check that the file is complete and of the type its name says.",
    retryable: false,
    recovery: "format",
  },
  "captions.incomplete": {
    cause: "a part of the caption file cannot be read",
    remedy: "Nothing was changed. Correct the file, or say that what can be read of it is enough (--accept-losses).",
    retryable: false,
  },
  "captions.unknown-format": {
    cause: "this is not a caption format that Archivist knows",
    remedy: `Use a name that ends in ${writtenFileExtensions.slice(0, -1).join(", ")} or ${writtenFileExtensions.at(-1)}.`,
    retryable: false,
  },
  "captions.not-verified": {
    cause: "the caption file was written but does not read back as it should",
    remedy: "Run the same command again; if it fails again, check the disk.",
    retryable: true,
  },

  "job.unknown": {
    cause: "there is no such job",
    remedy: "Run `archivist jobs list` to see them.",
    retryable: false,
  },
  "job.ambiguous": {
    cause: "several jobs begin like this",
    remedy: "Give more of the job's id.",
    retryable: false,
  },
  "job.state": {
    cause: "the job is in a state in which this cannot be done",
    remedy: "Run `archivist jobs show` to see it.",
    retryable: false,
  },
  "job.unavailable": {
    cause: "this kind of job is not available yet",
    remedy: "Update Archivist when a version that has it is out.",
    retryable: false,
  },
  "legacy.unavailable": {
    cause: "Archivist cannot do this yet for the programs of the earlier system",
    remedy: "The manual lists what is different, on the page about moving from the earlier system.",
    retryable: false,
  },
  "job.dependency": {
    cause: "a job that this one needs has not completed",
    remedy: "Retry that job: this one follows by itself.",
    retryable: false,
  },
  "job.timeout": {
    cause: "the job took longer than it may",
    remedy: "Retry it, or raise queue.hoursPerHour in the settings.",
    retryable: false,
    recovery: "timeout",
  },
  "job.crashed": {
    cause: "Archivist ended unexpectedly each time that this job ran",
    remedy: "Check the recording and the log, and retry the job by itself.",
    retryable: false,
  },
  "queue.full": {
    cause: "the queue is full",
    remedy: "Wait until jobs have ended, cancel some, or raise queue.maxJobs in the settings.",
    retryable: true,
  },

  "share.unknown": {
    cause: "there is no share of this name in the settings",
    remedy: "Run `archivist shares list` to see them.",
    retryable: false,
  },
  "share.not-mounted": {
    cause: "the share is not mounted",
    remedy: "Mount the share: the work goes on by itself.",
    retryable: true,
    recovery: "network",
  },
  "share.hung": {
    cause: "the share does not answer",
    remedy: "Check the file server and the network: the work goes on by itself when it answers again.",
    retryable: true,
    recovery: "network",
  },
  "share.unreadable": {
    cause: "the share cannot be read",
    remedy: "Give your user read permission for the share.",
    retryable: false,
    recovery: "permission",
  },
  "share.none": {
    cause: "there are no shares in the settings",
    remedy: "Put the shares and cities into settings.json; the README has an example.",
    retryable: false,
  },
  "city.unknown": {
    cause: "there is no city of this name in the settings",
    remedy: "Check the name against cities.members in the settings.",
    retryable: false,
  },
  "batch.empty": {
    cause: "no recordings were found for this batch",
    remedy: "Check the cities and the dates, and whether their shares answer.",
    retryable: false,
  },
  "batch.unknown": {
    cause: "there is no batch of this name",
    remedy: "Look for it under Queue, Batches.",
    retryable: false,
  },
  "batch.ambiguous": {
    cause: "several batches begin like this",
    remedy: "Type more of its id.",
    retryable: false,
  },
  "batch.nothing-failed": {
    cause: "nothing of this batch has failed, or it is so long ago that its jobs are no longer kept",
    remedy: "Make a new batch for what is missing.",
    retryable: false,
  },
  "schedule.unknown": {
    cause: "there is no schedule of this name",
    remedy: "Look for it under Queue, Schedules.",
    retryable: false,
  },
  "schedule.taken": {
    cause: "there is a schedule of this name already",
    remedy: "Choose another name.",
    retryable: false,
  },
  "schedule.built-in": {
    cause: "this schedule comes with Archivist",
    remedy: "Switch it off instead, or add a schedule of your own.",
    retryable: false,
  },
  "schedule.environment": {
    cause: "an environment variable sets this schedule",
    remedy: "Change the variable where Archivist is started, or remove it.",
    retryable: false,
  },
  "schedule.invalid": {
    cause: "this is not a time that can be understood",
    remedy: "Use a cron expression such as 0 2 * * * (minute, hour, day, month, day of the week).",
    retryable: false,
  },
  "copy.different": {
    cause: "the copy is not the same as the original",
    remedy: "Nothing was removed. Check the disk that was copied to, then run it again.",
    retryable: true,
  },
  "mail.failed": {
    cause: "the mail could not be sent",
    remedy: "Check notify.smtp in the settings.",
    retryable: true,
    recovery: "network",
  },
  "backup.invalid": {
    cause: "the backup does not read back whole",
    remedy: "Check the disk with the data folder: the backup was removed, the catalog is unchanged.",
    retryable: true,
  },
  "update.busy": {
    cause: "the program is not replaced while it is at work",
    remedy: "It is installed as soon as nothing runs and nobody corrects captions.",
    retryable: true,
  },
  "backup.missing": {
    cause: "there is no such backup",
    remedy: "Health lists those that there are, and so does `archivist backups list`.",
    retryable: false,
  },

  "cablecast.not-configured": {
    cause: "it is not known where the Cablecast server is, or who may use it",
    remedy: "Set cablecast.url in the settings and run `archivist cablecast login`.",
    retryable: false,
  },
  "cablecast.unreachable": {
    cause: "the Cablecast server cannot be reached",
    remedy: "Check cablecast.url, the network, and that the server is running.",
    retryable: true,
    recovery: "network",
  },
  "cablecast.timeout": {
    cause: "the Cablecast server did not answer in time",
    remedy: "Try again later, or raise cablecast.timeoutSeconds in the settings.",
    retryable: true,
    recovery: "network",
  },
  "cablecast.busy": {
    cause: "the Cablecast server could not do it now",
    remedy: "Try again later.",
    retryable: true,
    recovery: "network",
  },
  "cablecast.credentials": {
    cause: "the Cablecast server does not accept user and secret",
    remedy: "Run `archivist cablecast login` with a user of the Cablecast server.",
    retryable: false,
  },
  "cablecast.forbidden": {
    cause: "the Cablecast server does not allow it",
    remedy:
      "Give the user a role with the permission Schedule & Shows. A hosted server may take changes at another address only: ask the vendor for it.",
    retryable: false,
  },
  "cablecast.not-found": {
    cause: "the Cablecast server does not know it",
    remedy: "It may have been removed there: run `archivist cablecast check`.",
    retryable: false,
  },
  "cablecast.refused": {
    cause: "the Cablecast server refused it",
    remedy: "Its own words say why; run `archivist cablecast check`.",
    retryable: false,
  },
  "cablecast.answer": {
    cause: "the Cablecast server's answer cannot be understood",
    remedy: "Check that cablecast.url is the server itself, and no page before it.",
    retryable: false,
  },
  "publish.blocked": {
    cause: "it may not be published yet",
    remedy: "Correct the errors, approve the captions, and enter the date, whichever is missing; then publish.",
    retryable: false,
  },
  "publish.ambiguous": {
    cause: "several shows on the Cablecast server could be this recording",
    remedy: "Say which one: archivist cablecast link ID SHOW. If it is none of them: archivist publish ID --new-show.",
    retryable: false,
  },
  "publish.changed": {
    cause: "the server says something else by now than what you have seen",
    remedy: "Look at it again, then decide: archivist cablecast conflicts.",
    retryable: false,
  },
  "publish.outdated": {
    cause: "what would be published is not what the preview has shown: the meeting was changed since",
    remedy: "Look at the preview again, then publish.",
    retryable: false,
  },
  "publish.running": {
    cause: "it is being published already, with other options",
    remedy: "Wait until that is done, or cancel it in the queue; then publish again.",
    retryable: false,
  },
  "publish.show-taken": {
    cause: "this show is another recording’s",
    remedy: "Choose another show, or make a new one.",
    retryable: false,
  },
  "publish.name-taken": {
    cause: "the server has another file of this name",
    remedy:
      "Rename the recording so that its name tells city and date, or link the show with the right file on the server.",
    retryable: false,
  },
  "publish.no-place": {
    cause: "it is not known where the caption file has to go",
    remedy:
      "Set cablecast.contentFolder to the server's content drive as it is mounted here, or cablecast.sidecar to upload.",
    retryable: false,
  },
  "publish.vod-failed": {
    cause: "the Cablecast server could not make the VOD",
    remedy: "Look at the VOD on the Cablecast server, then retry.",
    retryable: false,
  },
  "publish.not-ready": {
    cause: "the VOD cannot be watched yet",
    remedy: "The server is still transcoding: retry later.",
    retryable: true,
    recovery: "network",
  },
  "session.wrong": {
    cause: "name and password do not go together",
    remedy: "Try again; an admin can set a new password.",
    retryable: false,
  },
  "session.too-many": {
    cause: "there were too many wrong passwords",
    remedy: "Wait a minute, then try again.",
    retryable: true,
  },
  "session.ticket": {
    cause: "this sign-in link has been used already, or is of an earlier start",
    remedy: "Sign in with name and password, or start Archivist again for a new link.",
    retryable: false,
  },
  "session.name-needed": {
    cause: "it is not said who signs in",
    remedy: "Give a name, and a password of at least eight characters for a new person.",
    retryable: false,
  },
  "session.nobody": {
    cause: "nobody is signed in",
    remedy: "Sign in, then try again.",
    retryable: false,
  },
  "session.role": {
    cause: "your role does not allow it",
    remedy: "Ask an admin or an operator to do it.",
    retryable: false,
  },
  "edit.refused": {
    cause: "the edit makes no sense there",
    remedy: "Nothing was changed. Try it at another place.",
    retryable: false,
  },
  "edit.stale": {
    cause: "the captions have changed meanwhile",
    remedy: "They are loaded anew; do the edit again.",
    retryable: true,
  },
  "edit.read-only": {
    cause: "somebody else is correcting these captions",
    remedy: "Ask for them, or wait until they are free.",
    retryable: false,
  },
  "edit.nothing": {
    cause: "there is nothing to take back",
    remedy: "The history shows what was done.",
    retryable: false,
  },
  "edit.errors": {
    cause: "the captions have open errors",
    remedy: "Settle them in the editor first: F8 goes from one to the next.",
    retryable: false,
  },
  "edit.warnings": {
    cause: "the captions have open warnings",
    remedy: "Accept each with a reason in the editor, or give one reason for all of them.",
    retryable: false,
  },
  "edit.unsaved": {
    cause: "there are edits that are in no version yet",
    remedy: "Approve them in the editor, or on the page of the meeting, where they are seen.",
    retryable: false,
  },
  "edit.not-approved": {
    cause: "the captions are not approved",
    remedy: "There is nothing to take back.",
    retryable: false,
  },
  "draft.damaged": {
    cause: "the captions do not agree with the log of their edits",
    remedy: "Restore the newest backup of the catalog; until then this meeting can only be read.",
    retryable: false,
  },
  "host.unable": {
    cause: "this program cannot do that from here",
    remedy: "Do it at the machine that the station runs on.",
    retryable: false,
  },
  "archive.refused": {
    cause: "the recording may not be moved into the archive",
    remedy: "Settle what keeps it, or leave it to the schedule that moves old recordings.",
    retryable: false,
  },
  "person.taken": {
    cause: "there is somebody of this name already",
    remedy: "Choose another name.",
    retryable: false,
  },
  "person.unknown": {
    cause: "there is no such person",
    remedy: "Look at the list of people.",
    retryable: false,
  },
  "person.last-admin": {
    cause: "nobody would be left who may set up the station",
    remedy: "Make somebody else an admin first.",
    retryable: false,
  },
  "upload.unknown": {
    cause: "there is no such upload",
    remedy: "Begin it again: what has arrived is kept.",
    retryable: false,
  },
  "session.unknown": {
    cause: "nobody is signed in there any more",
    remedy: "Look at the list again.",
    retryable: false,
  },
  "upload.too-many": {
    cause: "too many of your uploads are not whole yet",
    remedy: "Wait until some are done, or remove those that you do not go on with.",
    retryable: false,
  },
  "upload.superseded": {
    cause: "the upload goes on over another connection, or was removed",
    remedy: "Ask where it ended, and go on there.",
    retryable: true,
  },
  "file.elsewhere": {
    cause: "it lies neither on a share nor among the uploads",
    remedy: "Choose a recording on a share, or upload it. Other files are chosen at the station's own machine.",
    retryable: false,
  },
  "upload.misplaced": {
    cause: "this part of the file does not go on where the last one ended",
    remedy: "Ask where it ended, and go on there.",
    retryable: true,
  },
  "meeting.unknown": {
    cause: "there is no such meeting",
    remedy: "Look at the library.",
    retryable: false,
  },
  "meeting.deleted": {
    cause: "this meeting was deleted",
    remedy: "Restore it first: Library, Recently deleted.",
    retryable: false,
  },
  "meeting.not-joinable": {
    cause: "these meetings cannot be joined",
    remedy: "Choose the parts of one meeting that are all transcribed, and whose recordings are where they were.",
    retryable: false,
  },
  "meeting.in-use": {
    cause: "somebody has its captions open",
    remedy: "Ask for them to be closed, then try again.",
    retryable: true,
  },
  "meeting.invalid": {
    cause: "what was entered cannot be stored",
    remedy: "Correct it and try again.",
    retryable: false,
  },
  "publish.unknown": {
    cause: "there is no such transcription",
    remedy:
      "Give the transcription's id, or the beginning of it: `archivist transcribe --json` and `jobs show` tell it.",
    retryable: false,
  },

  "secret.key": {
    cause: "the key of the secret store is missing or another one",
    remedy: "Give the same ARCHIVIST_SECRET_KEY as before, or run `archivist cablecast login` again.",
    retryable: false,
  },
  "secret.unprotected": {
    cause: "this desktop has no keyring that would keep secrets for you alone",
    remedy:
      "Set one up (GNOME Keyring, KWallet) and start Archivist again, or set ARCHIVIST_SECRET_KEY to a passphrase of your own.",
    retryable: false,
  },
  "secret.unreadable": {
    cause: "the secret store cannot be read",
    remedy: "Remove secrets.json from the data folder and run `archivist cablecast login` again.",
    retryable: false,
  },

  "catalog.unreadable": {
    cause: "the catalog of the data folder cannot be opened",
    remedy: "Put a backup in its place: Archivist asks when it is started, or run `archivist backups restore newest`.",
    retryable: false,
  },
  "catalog.damaged": {
    cause: "the catalog is damaged, so nothing is changed in it any more",
    remedy:
      "Restore a backup: on the screen Health, or with `archivist backups restore newest`. What was kept after it can be exported before. Then have the disk of the data folder checked.",
    retryable: false,
  },
  "catalog.newer": {
    cause: "the catalog was written by a newer Archivist",
    remedy: "Install the newest Archivist, or restore a backup of the time before.",
    retryable: false,
  },
  "catalog.settings": {
    cause: "the database does not keep the safety settings that Archivist needs",
    remedy: "Move the data folder to a local disk with a common file system.",
    retryable: false,
  },
  "catalog.busy": {
    cause: "another program has locked the catalog",
    remedy: "Close other programs that have catalog.db open and try again.",
    retryable: true,
  },

  internal: {
    cause: "something went wrong inside Archivist",
    remedy: "Please send the log file to support.",
    retryable: false,
  },
} as const satisfies Record<string, ErrorKind>;

/** A code of the closed list. */
export type ErrorCode = keyof typeof kinds;

/** The closed list itself. */
export const errorKinds: Readonly<Record<ErrorCode, ErrorKind>> = kinds;

/** Details that a thrown error may add to its kind. */
export interface ErrorDetails {
  /** What the error is about: a file name, a setting, a folder. Begins the message. */
  readonly subject?: string;
  /** Replaces the kind's cause where more is known. */
  readonly cause?: string;
  /** Replaces the kind's remedy where a better one is known. */
  readonly remedy?: string;
  /** For the log only: the original error, or the last output of another program. */
  readonly underlying?: unknown;
}

/** The only error class that crosses module boundaries on purpose. */
export class ArchivistError extends Error {
  readonly code: ErrorCode;
  readonly subject: string | undefined;
  /** What happened, without the subject. */
  readonly reason: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly recovery: RecoveryClass | undefined;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const kind = errorKinds[code];
    const reason = details.cause ?? kind.cause;
    super(details.subject ? `${details.subject}: ${reason}` : reason, { cause: details.underlying });
    this.name = "ArchivistError";
    this.code = code;
    this.subject = details.subject;
    this.reason = reason;
    this.remedy = details.remedy ?? kind.remedy;
    this.retryable = kind.retryable;
    this.recovery = kind.recovery;
  }

  /** Returns the same error with a more specific subject. */
  about(subject: string): ArchivistError {
    return new ArchivistError(this.code, {
      subject,
      cause: this.reason,
      remedy: this.remedy,
      underlying: this.cause ?? this,
    });
  }
}

/** Converts anything thrown to an error of the list: unknown errors become `internal`, with their message kept. */
export function toArchivistError(thrown: unknown): ArchivistError {
  if (thrown instanceof ArchivistError) return thrown;
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return new ArchivistError("internal", {
    cause: `something went wrong inside Archivist (${words})`,
    underlying: thrown,
  });
}
