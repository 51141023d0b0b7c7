/** Small pictures of the recording, and where its shots change. */
import { useQuery } from "@tanstack/react-query";
import { recordingPicturesSchema } from "../../../electron/contract/recording.ts";
import { useEditorSession } from "../context.ts";

export interface Pictures {
  /** Address of the sheet with all of them. */
  readonly url: string;
  /** From one to the next, in milliseconds. */
  readonly everyMs: number;
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  /** Of one of them, in pixels. */
  readonly width: number;
  readonly height: number;
  /** First frames of shots, in milliseconds, ascending. */
  readonly shots: readonly number[];
}

interface PicturesAnswer {
  readonly pictures: Pictures | null;
  /** Milliseconds after which they are asked for again; false: they are there, or there will be none. */
  readonly retryMs: number | false;
}

/** After a failure, in milliseconds. */
const againMs = 60_000;
const failed: PicturesAnswer = { pictures: null, retryMs: againMs };

async function loadPictures(recordingId: string): Promise<PicturesAnswer> {
  const id = encodeURIComponent(recordingId);
  const answer = await fetch(`/shots/${id}`, { cache: "no-store" }).catch(() => undefined);
  if (answer === undefined) return failed;
  if (!answer.ok) {
    const seconds = Number(answer.headers.get("retry-after") ?? 0);
    return { pictures: null, retryMs: seconds > 0 && seconds * 1000 };
  }
  const facts = recordingPicturesSchema.safeParse(await answer.json().catch(() => undefined)).data;
  if (facts === undefined) return failed;
  const sheet = new Image();
  sheet.src = `/pictures/${id}`;
  const isLoaded = await sheet.decode().then(
    () => true,
    () => false,
  );
  if (!isLoaded) return failed;
  const [width, height] = [sheet.naturalWidth / facts.columns, sheet.naturalHeight / facts.rows];
  return { pictures: { ...facts, url: sheet.src, width, height }, retryMs: false };
}

/** null: there are none, or not yet. */
export function usePictures(): Pictures | null {
  const { recordingId } = useEditorSession().meeting;
  const answer = useQuery({
    queryKey: ["pictures", recordingId],
    queryFn: () => loadPictures(recordingId),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => state.data?.retryMs ?? false,
  });
  return answer.data?.pictures ?? null;
}

/** Where the small picture of a place stands on the sheet: the last one at or before it. */
export function findPicture(
  { everyMs, columns, count }: Pick<Pictures, "everyMs" | "columns" | "count">,
  ms: number,
): { readonly column: number; readonly row: number } {
  const index = Math.min(count - 1, Math.max(0, Math.floor(ms / everyMs)));
  return { column: index % columns, row: Math.floor(index / columns) };
}
