/** The settings as they will apply after the next start. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";
import { client } from "./connection.ts";
import { api } from "./queries.ts";

const options = api.station.settings.queryOptions({ staleTime: Number.POSITIVE_INFINITY, meta: { calm: true } });

export const useSettings = () => useQuery(options);

/** The value of one setting; undefined while it is not loaded. */
export function useSetting<T>(key: string): T | undefined {
  return useSettings().data?.settings.find((setting) => setting.key === key)?.value as T | undefined;
}

/** @returns A function that saves settings; it returns true once they are saved */
export function useSaveSettings(): (values: Readonly<Record<string, unknown>>) => Promise<boolean> {
  const cache = useQueryClient();
  return async (values) => {
    const done = await runAndNotify(
      () => client.station.changeSettings({ values: { ...values } }),
      () => texts.settings.saved,
    );
    if (done === undefined) return false;
    await cache.invalidateQueries({ queryKey: options.queryKey });
    return true;
  };
}
