/** Who has signed in, and what the program around the station can do. */
import { useQuery } from "@tanstack/react-query";
import { fetchSession, type Session } from "./http.ts";

export const useSession = () =>
  useQuery({
    queryKey: ["who"],
    queryFn: fetchSession,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 3,
    meta: { calm: true },
  });

const nothing = { reveal: false, restart: false } as const;

/** What can be done on this machine; nothing while it is not known. */
export const useAbilities = (): Session["can"] => useSession().data?.can ?? nothing;
