/** What a person prefers in the editor, whichever meeting is open: kept in this browser. */

/** How many words per hour of meeting are marked as suspicious, unless the person says otherwise. */
export const defaultSuspicionsPerHour = 120;

const suspicionsName = "archivist-marks-per-hour";

export const getSuspicionsPerHour = (): number =>
  Number(localStorage.getItem(suspicionsName) ?? defaultSuspicionsPerHour);

export const setSuspicionsPerHour = (value: number): void => localStorage.setItem(suspicionsName, String(value));
