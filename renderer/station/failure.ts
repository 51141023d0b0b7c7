/** Converts any thrown value to an error for display: what happened, and what to do. */
import { type Problem, problemSchema } from "../../electron/contract/api/base.ts";
import { texts } from "../texts/en.ts";

export class Failure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** @param thrown an error of a call, the body of a response, or anything else */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const known = problemSchema.safeParse((thrown as { data?: unknown } | null)?.data);
  if (known.success) return new Failure(known.data);
  const message = (thrown as { message?: unknown } | null)?.message;
  return new Failure({
    code: "unknown",
    message: typeof message === "string" ? message : texts.errors.unknown,
    remedy: texts.errors.unknownRemedy,
    retryable: true,
  });
}
