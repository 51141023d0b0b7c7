/** Who calls, and what they may name. */
import type { PersonRow } from "../catalog/repositories/people.ts";
import { ArchivistError } from "../contract/errors.ts";
import { requireReachable } from "../intake/reachable-paths.ts";
import type { ApiContext } from "./context.ts";

/** The person who is signed in. @throws ArchivistError `session.nobody` */
export function requirePerson({ person }: Pick<ApiContext, "person">): PersonRow {
  const found = person();
  if (found === undefined) throw new ArchivistError("session.nobody");
  return found;
}

/**
 * Refuses paths to what a caller may not reach; at the station's own machine that is nothing.
 * @throws ArchivistError `file.elsewhere`, `share.hung`
 */
export async function requireOwnPaths(
  { services: { station, uploads }, isOnMachine, person }: Pick<ApiContext, "services" | "isOnMachine" | "person">,
  paths: readonly string[],
): Promise<void> {
  if (isOnMachine) return;
  const { id: owner } = requirePerson({ person });
  const isOwnUpload = (id: string): Promise<boolean> =>
    uploads.state(id, owner).then(
      () => true,
      () => false,
    );
  await requireReachable({ services: station, isOwnUpload }, paths);
}
