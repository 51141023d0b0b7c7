/** Thrown when a text is not a caption file at all; `message` ends the sentence "<file>: …". */
export class NotCaptionsError extends Error {}
