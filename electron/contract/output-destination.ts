/** Why the files of a recording go where they go: the city's pattern, `output.folder`, `output.pattern`, or the data folder. */
export const destinationReasons = ["city", "folder", "pattern", "data"] as const;
export type DestinationReason = (typeof destinationReasons)[number];
