/** What the way in which a speech engine's process ended says about the cause, and what helps. */
import type { ErrorCode } from "../contract/errors.ts";
import type { ProcessExit } from "../platform/process/owned-process.ts";

export interface DescribedEnding {
  readonly code: ErrorCode;
  readonly cause?: string;
  readonly remedy?: string;
}

const repeat = "Run the same command again: finished parts are kept.";

const signals: Readonly<Partial<Record<NodeJS.Signals, DescribedEnding>>> = {
  SIGILL: {
    code: "engine.instruction",
    cause: "the processor refused an instruction that it claims to know (SIGILL)",
  },
  SIGKILL: {
    code: "engine.crashed",
    cause: "the system ended the speech engine (SIGKILL), most likely because memory ran out",
    remedy: `${repeat} If it is ended again, close other programs or use a smaller model.`,
  },
  SIGSEGV: fault("SIGSEGV"),
  SIGBUS: fault("SIGBUS"),
  SIGABRT: {
    code: "engine.crashed",
    cause: "the speech engine gave up (SIGABRT)",
    remedy: `${repeat} If it gives up again, import the model again or choose another one.`,
  },
  SIGFPE: fault("SIGFPE"),
};

function fault(name: string): DescribedEnding {
  return {
    code: "engine.crashed",
    cause: `the speech engine failed while it computed (${name})`,
    remedy: `${repeat} If it fails again, choose another model, and switch speech.gpu off.`,
  };
}

/** Numbers of the signals, as a shell or a container reports them: 128 more than the signal's. */
const numbers: Readonly<Record<number, NodeJS.Signals>> = {
  132: "SIGILL",
  134: "SIGABRT",
  136: "SIGFPE",
  137: "SIGKILL",
  139: "SIGSEGV",
};

/** What Windows ends a process with (learn.microsoft.com, NTSTATUS values). */
const windowsStatus: Readonly<Record<number, NodeJS.Signals>> = {
  3221225477: "SIGSEGV",
  3221225501: "SIGILL",
  3221225620: "SIGFPE",
  3221226505: "SIGABRT",
};

/** @param exit undefined: not known yet */
export function describeEnding(exit: Pick<ProcessExit, "code" | "signal"> | undefined): DescribedEnding {
  const code = exit?.code ?? 0;
  const signal = exit?.signal ?? numbers[code] ?? windowsStatus[code];
  return (signal === undefined ? undefined : signals[signal]) ?? { code: "engine.crashed" };
}
