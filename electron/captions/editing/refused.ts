/** An edit that makes no sense where it is asked for. Nothing is changed. */
export class EditError extends Error {
  /** @param message what is wrong, in a person's words, without a full stop */
  constructor(message: string) {
    super(message);
    this.name = "EditRefused";
  }
}
