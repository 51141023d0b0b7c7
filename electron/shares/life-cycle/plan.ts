/** Plans which recordings move where, and which must stay, with the reason. Pure. */
import type { CitySettings } from "../../contract/settings/cities.ts";
import type { ShareRole, ShareSettings } from "../../contract/settings/shares.ts";
import type { Settings } from "../../contract/settings.ts";

/** What is known of a recording on a share. */
export interface AgeingRecording {
  readonly fileId: number;
  /** Label of its share. */
  readonly share: string;
  /** Path relative to the share, with forward slashes. */
  readonly path: string;
  readonly size: number;
  readonly ageDays: number;
  readonly city: string | undefined;
  readonly isPublished: boolean;
  readonly isBeingEdited: boolean;
  /** A job on it is queued or running. */
  readonly isInWork: boolean;
  /** What refers to it in Cablecast, as text: `reel 123`. */
  readonly reference: string | undefined;
}

export interface ShareRoom {
  readonly isReady: boolean;
  readonly freeBytes: number;
}

export interface PlannedMove {
  readonly recording: AgeingRecording;
  readonly from: ShareSettings;
  readonly to: ShareSettings;
}

export interface RefusedMove {
  readonly recording: AgeingRecording;
  readonly reason: string;
}

export interface LifeCyclePlan {
  readonly moves: readonly PlannedMove[];
  readonly refused: readonly RefusedMove[];
}

export interface PlanFacts {
  readonly recordings: readonly AgeingRecording[];
  readonly shares: readonly ShareSettings[];
  readonly cities: readonly CitySettings[];
  readonly rules: Settings["lifeCycle"];
  readonly getRoom: (label: string) => ShareRoom | undefined;
  /** True when a person selected the recordings: they go straight into the archive, whatever their age. */
  readonly isByHand?: boolean;
}

/** Bytes of each share that are kept free. */
const reservedBytes = 1024 ** 3;

/** Where a recording on a share of this role goes next, and from which age on. */
function nextStage(
  role: ShareRole,
  rules: Settings["lifeCycle"],
  isByHand: boolean,
): { role: ShareRole; afterDays: number } | undefined {
  if (isByHand) return role === "archive" ? undefined : { role: "archive", afterDays: 0 };
  if (role === "active") return { role: "secondary", afterDays: rules.secondaryDays };
  return role === "secondary" ? { role: "archive", afterDays: rules.archiveDays } : undefined;
}

export function planLifeCycle({
  recordings,
  shares,
  cities,
  rules,
  getRoom,
  isByHand = false,
}: PlanFacts): LifeCyclePlan {
  const moves: PlannedMove[] = [];
  const refused: RefusedMove[] = [];
  const promised = new Map<string, number>();
  for (const recording of recordings) {
    const from = shares.find(({ label }) => label === recording.share);
    const stage = from && nextStage(from.role, rules, isByHand);
    if (isByHand && stage === undefined) refused.push({ recording, reason: "it is in the archive already" });
    if (from === undefined || stage === undefined || recording.ageDays < stage.afterDays) continue;
    const reason = obstacle(recording, rules);
    if (reason !== undefined) {
      refused.push({ recording, reason });
      continue;
    }
    const room = (share: ShareSettings): number =>
      (getRoom(share.label)?.freeBytes ?? 0) - reservedBytes - (promised.get(share.label) ?? 0);
    const to = targetFor(recording, shares, cities, stage.role, room, (label) => getRoom(label)?.isReady === true);
    if (typeof to === "string") refused.push({ recording, reason: to });
    else {
      promised.set(to.label, (promised.get(to.label) ?? 0) + recording.size);
      moves.push({ recording, from, to });
    }
  }
  return { moves, refused };
}

function obstacle(recording: AgeingRecording, rules: Settings["lifeCycle"]): string | undefined {
  if (recording.isBeingEdited) return "its captions are being edited";
  if (recording.isInWork) return "a job on it is in the queue";
  if (recording.reference !== undefined) return `Cablecast's ${recording.reference} refers to it`;
  return rules.onlyPublished && !recording.isPublished ? "its captions have not been published" : undefined;
}

/**
 * Prefers the city's own shares of the role; then the one with the most room. @returns A share, or why there is none
 */
function targetFor(
  recording: AgeingRecording,
  shares: readonly ShareSettings[],
  cities: readonly CitySettings[],
  role: ShareRole,
  room: (share: ShareSettings) => number,
  isReady: (label: string) => boolean,
): ShareSettings | string {
  const all = shares.filter((share) => share.role === role);
  if (all.length === 0) return `there is no share with the role ${role}`;
  const own = cities.find(({ name }) => name === recording.city)?.shares ?? [];
  const mine = all.filter(({ label }) => own.includes(label));
  const candidates = (mine.length > 0 ? mine : all).filter(({ label }) => isReady(label));
  if (candidates.length === 0) return `no share with the role ${role} is ready`;
  const [best] = candidates.toSorted((a, b) => room(b) - room(a));
  return best !== undefined && room(best) >= recording.size ? best : `no share with the role ${role} has room for it`;
}
