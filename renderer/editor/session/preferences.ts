/** The person's editor preferences, independent of the open meeting; stored in this browser. */

/** Default number of words per hour of meeting that are marked as suspicious. */
export const defaultSuspicionsPerHour = 120;

const suspicionsName = "archivist-marks-per-hour";

export const getSuspicionsPerHour = (): number =>
  Number(localStorage.getItem(suspicionsName) ?? defaultSuspicionsPerHour);

export const setSuspicionsPerHour = (value: number): void => localStorage.setItem(suspicionsName, String(value));
