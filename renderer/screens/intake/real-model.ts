/** It comes with the program, and knows what the sample meeting says and nothing else. */
export const demoModel = "archivist-demo-en";

/** True when something can be chosen that real recordings can be transcribed with. */
export const hasRealModel = (models: readonly { readonly name: string }[]): boolean =>
  models.some(({ name }) => name !== demoModel && name !== "auto");
