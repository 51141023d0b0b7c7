/** The health of the services that the station depends on. */
import { useQuery } from "@tanstack/react-query";
import { secondMs } from "../../electron/captions/time/durations.ts";
import { api } from "./queries.ts";

/** The station itself asks each service once a minute. */
const everyMs = 30 * secondMs;

export const useServices = () =>
  useQuery(api.station.services.queryOptions({ input: {}, refetchInterval: everyMs, staleTime: everyMs / 2 }));

/** Number of services that do not work. */
export const useWrongServices = (): number =>
  (useServices().data ?? []).filter(({ status }) => status === "error").length;
