/** Everything that the handlers of a host work with. */
import { join } from "node:path";
import { Sessions } from "../access/sessions.ts";
import { ModelDesk } from "../administration/model-manager.ts";
import { EditingDesk } from "../editing/editing-sessions.ts";
import type { Operation } from "../station-runtime.ts";
import type { Workshop } from "../station-services.ts";
import type { ApiParts, HostAbilities } from "./context.ts";
import { Uploads } from "./uploads.ts";

export interface OpenApiOptions {
  readonly workshop: Workshop;
  readonly operation: Operation;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly host?: HostAbilities;
}

export function openApi({ workshop, operation, version, environment, host = {} }: OpenApiOptions): ApiParts {
  const { catalog, clock, folder, settings } = workshop;
  const maxBytes = settings.media.maxFileGigabytes * 1024 ** 3;
  return {
    workshop,
    operation,
    host,
    version,
    environment,
    sessions: new Sessions(catalog, clock),
    uploads: new Uploads({ folder: join(folder.root, "uploads"), maxBytes }),
    editing: new EditingDesk({ catalog, clock }),
    models: new ModelDesk(workshop),
  };
}
