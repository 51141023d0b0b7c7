/**
 * A station with three people, in a process of its own: whatever is done to it, its end is seen from outside. Prints its
 * address and their tokens as a line of JSON.
 *
 * Arguments: the data folder. The limits of how many calls an address may make are lifted, because all come from one.
 */

import { hashPassword } from "../../../electron/access/passwords.ts";
import { createApiServices } from "../../../electron/api/api-services.ts";
import { startHttpServer } from "../../../electron/api/http/server.ts";
import { addPerson, findPersonByName } from "../../../electron/catalog/repositories/people.ts";
import { roles } from "../../../electron/contract/api/base.ts";
import { openStation } from "../../../electron/station.ts";

const dataFolder = process.argv[2] ?? "";
const password = "correct horse";
const station = openStation({ dataFolder, environment: {}, purpose: "an attack" });
const { services, runtime } = station;
const api = createApiServices({ station: services, runtime, version: "1.2.3", environment: {} });
await runtime.start();
const server = await startHttpServer({ services: api, host: "127.0.0.1", port: 0, callsPerMinute: 10_000_000 });
const tokens: Record<string, string> = {};
const passwordHash = await hashPassword(password);
for (const role of roles) {
  // They are there already where the station was killed before.
  if (findPersonByName(services.catalog, role) === undefined) {
    addPerson(services.catalog, { name: role, passwordHash, role });
  }
  tokens[role] = (await api.sessions.signIn(role, password, `desk of ${role}`)).token;
}
process.stdout.write(`${JSON.stringify({ url: server.url, tokens })}\n`);
const end = async (): Promise<void> => {
  api.models.close();
  api.editing.close();
  await server.close();
  await runtime.stop();
  await station.close();
  process.exit(0);
};
process.on("SIGTERM", () => void end());
