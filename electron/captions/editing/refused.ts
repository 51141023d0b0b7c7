/** Thrown when an edit cannot be applied. Nothing is changed. */
export class EditError extends Error {
  /** @param message human-readable reason, without a full stop */
  constructor(message: string) {
    super(message);
    this.name = "EditRefused";
  }
}
