/** The bundled demo model, which recognizes only the sample meeting. */
export const demoModel = "archivist-demo-en";

/** True if a model for real recordings is available. */
export const hasRealModel = (models: readonly { readonly name: string }[]): boolean =>
  models.some(({ name }) => name !== demoModel && name !== "auto");
