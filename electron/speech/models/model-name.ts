/** What the names of published models say: `small.en-q5_1` is the family small, in English, with five bits. */

/** The name without precision: `small.en`. */
export const withoutPrecision = (modelName: string): string => modelName.replace(/-q\d+_[\dk]$/, "");

/** The name without precision and language: `small`. */
export const toFamily = (modelName: string): string => withoutPrecision(modelName).replace(/\.en$/, "");
