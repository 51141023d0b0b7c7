/** The signed-in person, and the abilities of this machine. */
import { useQuery } from "@tanstack/react-query";
import { setTimeZone } from "../ui/format.ts";
import { fetchSession, type Session } from "./http.ts";

async function loadSession(): Promise<Session> {
  const session = await fetchSession();
  // Before anything that shows a time is drawn.
  setTimeZone(session.timeZone);
  return session;
}

export const useSession = () =>
  useQuery({
    queryKey: ["who"],
    queryFn: loadSession,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 3,
    meta: { calm: true },
  });

const nothing = { reveal: false, restart: false } as const;

/** The abilities of this machine; none while they are not known. */
export const useAbilities = (): Session["can"] => useSession().data?.can ?? nothing;
