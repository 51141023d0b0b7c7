/** Procedures for the speech models of this machine, and for the self-test. */

import type { ModelOverview } from "../../administration/model-manager.ts";
import type { SelfTestState } from "../../administration/self-test-service.ts";
import type { ModelView, SelfTestView } from "../../contract/api/models.ts";
import { requireOwnPaths } from "../caller.ts";
import { done, os } from "../implement.ts";

function toModelView({
  license,
  minutesPerHour,
  fasterModel,
  download,
  importing,
  ...model
}: ModelOverview): ModelView {
  return {
    ...model,
    license: license ?? null,
    minutesPerHour: minutesPerHour ?? null,
    fasterModel: fasterModel ?? null,
    download: download === undefined ? null : { ...download, problem: download.problem ?? null },
    importing:
      importing === undefined ? null : { progress: importing.progress ?? null, problem: importing.problem ?? null },
  };
}

function toSelfTestView({ state, progress, record, error }: SelfTestState): SelfTestView {
  return {
    state,
    progress: progress ?? null,
    measuredDate: record?.measuredDate ?? null,
    processor: record?.setup.processor ?? null,
    engine: record?.engine ?? null,
    level: record?.level ?? null,
    problem: error === undefined ? null : { message: error.message, remedy: error.remedy },
  };
}

export const models = os.models.router({
  list: os.models.list.handler(({ context }) => {
    const { models: manager, selfTest, station } = context.services;
    const state = selfTest.getState();
    const { models: list, cards } = manager.list(state.record);
    return {
      models: list.map(toModelView),
      cards: [...cards],
      isChosen: station.settings.speech.model !== "auto",
      selfTest: toSelfTestView(state),
      memoryBytes: station.machine.memoryBytes,
    };
  }),
  importModel: os.models.importModel.handler(async ({ input: { path, name, quantize }, context }) => {
    await requireOwnPaths(context, [path]);
    return { name: context.services.models.imports.start({ path, name, quantization: quantize }) };
  }),
  dismissModelImport: os.models.dismissModelImport.handler(({ input, context }) => {
    context.services.models.imports.dismiss(input.name);
    return done;
  }),
  download: os.models.download.handler(({ input, context }) => {
    context.services.models.downloads.start(input.name);
    return done;
  }),
  pause: os.models.pause.handler(({ input, context }) => {
    context.services.models.downloads.pause(input.name);
    return done;
  }),
  remove: os.models.remove.handler(async ({ input, context }) => {
    await context.services.models.remove(input.name);
    return done;
  }),
  verify: os.models.verify.handler(async ({ input, context }) => ({
    state: await context.services.models.verify(input.name),
  })),
  startSelfTest: os.models.startSelfTest.handler(({ context }) => {
    context.services.selfTest.start();
    return done;
  }),
  cancelSelfTest: os.models.cancelSelfTest.handler(async ({ context }) => {
    await context.services.selfTest.cancel();
    return done;
  }),
});
