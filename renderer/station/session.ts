/** The signed-in person, and the abilities of this machine. */
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

/** The abilities of this machine; none while they are not known. */
export const useAbilities = (): Session["can"] => useSession().data?.can ?? nothing;
