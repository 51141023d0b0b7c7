/** The recordings about to be started, in a store that survives changes of the screen. */
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { IntakeCandidate } from "../../../electron/contract/api/intake.ts";
import { client } from "../../station/connection.ts";
import { toFailure } from "../../station/failure.ts";
import { uploadFile } from "../../station/uploads.ts";
import { texts } from "../../texts/en.ts";
import { notifyFailure } from "../../ui/notify.ts";
import type { OutputChoice } from "../../ui/work-options.tsx";

/** What holds for one recording alone. */
export interface OwnChoice extends OutputChoice {
  readonly priority?: number | undefined;
}

export interface Row {
  readonly key: string;
  readonly filename: string;
  readonly bytes: number;
  /** Upload progress, 0 to 1; undefined if not uploading. */
  readonly sent: number | undefined;
  readonly error: unknown;
  /** Set once the station has inspected it. */
  readonly candidate: IntakeCandidate | undefined;
  readonly own: OwnChoice;
}

/** Whether it can be started: neither refused nor queued already. */
export const isStartable = ({ candidate }: Row): boolean =>
  candidate !== undefined && candidate.problem === null && !candidate.isQueued;

interface IntakeState {
  readonly rows: readonly Row[];
  readonly isInspecting: boolean;
}

/** Error of an upload that was interrupted by leaving the page; the station keeps the part that has arrived. */
const cutShort = {
  data: { code: "interrupted", message: texts.intake.cutShort, remedy: texts.intake.cutShortRemedy, retryable: true },
};

const afterReload = ({ sent, error, ...row }: Row): Row => ({
  ...row,
  sent: undefined,
  // After a reload, only the text of an error is left.
  error: sent === undefined ? (error === undefined ? undefined : { data: toFailure(error).problem }) : cutShort,
});

export const useIntake = create<IntakeState>()(
  persist((): IntakeState => ({ rows: [], isInspecting: false }), {
    name: "archivist-intake",
    // For this window, until it is closed.
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ rows }) => ({ rows: rows.map(afterReload) }),
  }),
);

const running = new Map<string, AbortController>();

// Makes the browser ask for confirmation before the page is left during an upload.
window.addEventListener("beforeunload", (event) => {
  if (running.size > 0) event.preventDefault();
});

function change(key: string, part: Partial<Row>): void {
  useIntake.setState(({ rows }) => ({ rows: rows.map((row) => (row.key === key ? { ...row, ...part } : row)) }));
}

function add(rows: readonly Row[]): void {
  useIntake.setState((state) => {
    const known = new Set(state.rows.map(({ key }) => key));
    return { rows: [...state.rows, ...rows.filter(({ key }) => !known.has(key))] };
  });
}

/** Has the station inspect files and folders that it can reach. @throws Failure */
export async function addPaths(paths: readonly string[]): Promise<number> {
  useIntake.setState({ isInspecting: true });
  try {
    const inspected = await client.intake.look({ paths: [...paths] });
    // What is not there cannot be started: it is said, and no row of the list.
    const missing = inspected.filter(({ problem }) => problem !== null && problem.code === "file.missing");
    for (const { problem } of missing) notifyFailure({ data: problem });
    const candidates = inspected.filter((candidate) => !missing.includes(candidate));
    add(candidates.map((candidate) => ({ ...newRow(candidate.path, candidate.filename, candidate.bytes), candidate })));
    return candidates.length;
  } catch (thrown) {
    throw toFailure(thrown);
  } finally {
    useIntake.setState({ isInspecting: false });
  }
}

const newRow = (key: string, filename: string, bytes: number): Row => ({
  key,
  filename,
  bytes,
  sent: undefined,
  error: undefined,
  candidate: undefined,
  own: {},
});

/** Uploads files one after another, and has the station inspect each. */
export async function addFiles(files: readonly File[]): Promise<void> {
  const own = files.map((file) => ({ file, key: `${file.name} ${file.size} ${file.lastModified}` }));
  add(own.map(({ file, key }) => ({ ...newRow(key, file.name, file.size), sent: 0 })));
  for (const { file, key } of own) await send(file, key);
}

async function send(file: File, key: string): Promise<void> {
  if (running.has(key) || !useIntake.getState().rows.some((row) => row.key === key)) return;
  const controller = new AbortController();
  running.set(key, controller);
  change(key, { error: undefined, sent: 0 });
  try {
    const onProgress = ({ received, bytes }: { received: number; bytes: number }): void =>
      change(key, { sent: received / bytes });
    const path = await uploadFile(file, onProgress, controller.signal);
    const [candidate] = await client.intake.look({ paths: [path] });
    change(key, { sent: undefined, candidate });
  } catch (thrown) {
    if (!controller.signal.aborted) change(key, { sent: undefined, error: thrown });
  } finally {
    running.delete(key);
  }
}

export function removeRow(key: string): void {
  running.get(key)?.abort();
  useIntake.setState(({ rows }) => ({ rows: rows.filter((row) => row.key !== key) }));
}

export function clearRows(): void {
  for (const controller of running.values()) controller.abort();
  useIntake.setState({ rows: [] });
}

/** Applies a person's correction to the proposed values. */
export function correctRow(
  key: string,
  part: Partial<Pick<IntakeCandidate, "city" | "date" | "type" | "title" | "soundChoice">>,
): void {
  useIntake.setState(({ rows }) => ({
    rows: rows.map((row) =>
      row.key === key && row.candidate !== undefined ? { ...row, candidate: { ...row.candidate, ...part } } : row,
    ),
  }));
}

export function chooseOwn(key: string, own: OwnChoice): void {
  change(key, { own });
}

/** The files of a drop, including those in dropped folders. */
export async function droppedFiles(items: DataTransferItemList): Promise<readonly File[]> {
  // Read at once, because the items are gone after the event. An item without an entry is a plain file.
  const dropped = [...items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: File[] = [];
  for (const { entry, file } of dropped) {
    if (entry !== null) await collect(entry, files);
    else if (file !== null) files.push(file);
  }
  return files;
}

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    if (!file.name.startsWith(".")) files.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader returns a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const each of some) await collect(each, files);
  }
}
