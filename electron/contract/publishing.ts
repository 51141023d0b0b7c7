/** Words about publishing that every part of the program shares. */

/** Where recordings are published. */
export const targetNames = ["cablecast", "generic"] as const;
export type TargetName = (typeof targetNames)[number];

/** Who may watch, for places that know such a thing; the place itself has to hold to it. */
export const accessLevels = ["public", "members", "private"] as const;
export type AccessLevel = (typeof accessLevels)[number];
