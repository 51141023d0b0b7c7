/** The speech models as the station lists them, and what a person does with them. */
import { useQuery } from "@tanstack/react-query";
import type { ModelView } from "../../../electron/contract/api/models.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { useSaveSettings } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";

const t = texts.models;

/** How often the list is asked for while something in it moves, in milliseconds. */
const movingMs = 1_000;

const moves = ({ download, importing }: ModelView): boolean =>
  (download !== null && ["queued", "downloading", "verifying"].includes(download.state)) ||
  (importing !== null && importing.progress !== null);

export function useModels() {
  return useQuery(
    api.models.list.queryOptions({
      refetchInterval: ({ state: { data } }) =>
        data !== undefined && (data.selfTest.state === "running" || data.models.some(moves)) ? movingMs : false,
    }),
  );
}

type ImportRequest = Parameters<typeof client.models.importModel>[0];

export interface ModelActions {
  readonly download: (name: string) => void;
  readonly pause: (name: string) => void;
  readonly remove: (name: string) => void;
  readonly verify: (name: string) => void;
  readonly choose: (name: string) => void;
  /** @returns true when the import has begun */
  readonly importModel: (request: ImportRequest) => Promise<boolean>;
  /** Cancels an import, or removes its message. */
  readonly dismissImport: (name: string) => void;
  readonly startSelfTest: () => void;
  /** Starts it although nobody asked for it: where it may not run now, nothing is said. */
  readonly startSelfTestUnasked: () => void;
  readonly cancelSelfTest: () => void;
}

/** @param refetch asks for the list again after each action */
export function useModelActions(refetch: () => unknown): ModelActions {
  const save = useSaveSettings();
  const run = (work: () => Promise<unknown>, done?: string): void => {
    void runAndNotify(work, done === undefined ? undefined : () => done).then(refetch);
  };
  return {
    download: (name) => run(() => client.models.download({ name })),
    pause: (name) => run(() => client.models.pause({ name })),
    remove: (name) => run(() => client.models.remove({ name }), t.removed(name)),
    verify: (name) =>
      void runAndNotify(
        () => client.models.verify({ name }),
        ({ state }) => t.checked(name, state),
      ).then(refetch),
    choose: (name) => void save({ "speech.model": name }).then(refetch),
    importModel: async (request) => {
      const begun = await runAndNotify(() => client.models.importModel(request));
      await refetch();
      return begun !== undefined;
    },
    dismissImport: (name) => run(() => client.models.dismissModelImport({ name })),
    startSelfTest: () => run(() => client.models.startSelfTest()),
    startSelfTestUnasked: () => void client.models.startSelfTest().then(refetch, () => undefined),
    cancelSelfTest: () => run(() => client.models.cancelSelfTest()),
  };
}
