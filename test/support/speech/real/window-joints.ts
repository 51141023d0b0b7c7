/**
 * What becomes of words where two windows meet. A recording is recognized with window plans of many sizes: a word that
 * most plans find must not be lost beside the joint of another plan, nor stand there twice.
 */
import { countWordErrors } from "../scoring/word-errors.ts";
import { type Measures, measureRecognition } from "./measure-recognition.ts";
import { recognizeOnce } from "./recognize-once.ts";
import type { Recognition } from "./recognize-recording.ts";
import type { SpokenRecording } from "./speech-sets.ts";

interface Plan {
  readonly windowSeconds: number;
  readonly recognition: Recognition;
  readonly measures: Measures;
}

/** A fault at a joint, for a person to read. */
export type JointFault = string;

export interface JointMeasures {
  /** Joints of all plans together. */
  readonly joints: number;
  readonly faults: readonly JointFault[];
}

const middle = ({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): number =>
  (startMs + endMs) / 2;

/** Longest sequence of words that is looked for on both sides of a joint. */
const maxRepeated = 3;

/** @param windowSeconds most sound in a window, a plan each */
export async function measureJoints(
  recording: SpokenRecording,
  model: string,
  windowSeconds: readonly number[],
): Promise<JointMeasures> {
  const plans: Plan[] = [];
  for (const seconds of windowSeconds) {
    const recognition = await recognizeOnce(recording, { model, speech: { windowSeconds: seconds } });
    const measures = measureRecognition(recording, recognition.words, recording.language);
    plans.push({ windowSeconds: seconds, recognition, measures });
  }
  /** By word of truth: how many plans have found it. A word that the model takes for another one is not lost by a joint. */
  const found = (plans[0]?.measures.alignment.truth ?? []).map(
    (_, index) => plans.filter(({ measures }) => measures.alignment.truth[index]?.kind === "equal").length,
  );
  const isUsuallyFound = (index: number): boolean => (found[index] ?? 0) * 2 > plans.length;
  return {
    joints: plans.reduce((sum, { recognition }) => sum + recognition.joints.length, 0),
    faults: plans.flatMap((plan) => plan.recognition.joints.flatMap((atMs) => findFaults(plan, atMs, isUsuallyFound))),
  };
}

function findFaults(
  { windowSeconds, recognition, measures }: Plan,
  atMs: number,
  isUsuallyFound: (truthIndex: number) => boolean,
): readonly JointFault[] {
  const { words } = recognition;
  const { truth, recognized } = measures.alignment;
  const next = words.findIndex((word) => middle(word) >= atMs);
  if (next < 1) return [];
  const place = `windows of ${windowSeconds} s, joint at ${(atMs / 1000).toFixed(1)} s`;
  const before = truth.findLastIndex((word) => word.recognized !== undefined && word.recognized < next);
  const after = truth.findIndex((word) => word.recognized !== undefined && word.recognized >= next);
  const lost = truth
    .map((word, index) => ({ ...word, index }))
    .slice(before + 1, after === -1 ? truth.length : after)
    .filter(({ kind, index }) => kind === "deleted" && isUsuallyFound(index));
  const repeated = Array.from({ length: maxRepeated }, (_, index) => index + 1).filter((count) => {
    const [left, right] = [words.slice(next - count, next), words.slice(next, next + count)];
    if (left.length < count || right.length < count) return false;
    const isInserted = Array.from({ length: 2 * count }, (_, offset) => recognized[next - count + offset]);
    const toText = (side: typeof words): string => side.map(({ text }) => text).join(" ");
    return isInserted.includes("inserted") && countWordErrors(toText(left), toText(right)).rate === 0;
  });
  return [
    ...lost.map(({ text }) => `${place}: "${text}" is lost`),
    ...repeated.map((count) => {
      const text = words.slice(next, next + count).map((word) => word.text);
      return `${place}: "${text.join(" ")}" stands there twice`;
    }),
  ];
}
