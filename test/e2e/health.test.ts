/** The Health screen: which services work, and that the navigation says when one does not. */
import { expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";

test("a dead server is seen from every screen, and Health says which, why, and when it was last right", async () => {
  const emulator = await testEmulator();
  const { page, goTo, services, runtime } = await workstation({ settings: { cablecast: { url: emulator.url } } });
  await storeCredentials(services.secrets, practiceCredentials);
  await runtime.health.poll({ fresh: true });
  await goTo("Health");
  const rows = page.getByRole("table", { name: "Services" });
  const row = (name: string) => rows.getByRole("row").filter({ has: page.getByRole("cell", { name, exact: true }) });
  const again = page.getByRole("button", { name: "Look again" });
  await again.click();
  await row("Cablecast").getByText("well", { exact: true }).waitFor();
  await row("Webhooks").getByText("not set up").waitFor();
  const badge = page.getByRole("navigation").getByRole("img", { name: /services? wrong/ });
  await badge.waitFor({ state: "detached" });
  await emulator.close();
  await again.click();
  await row("Cablecast").getByText("wrong", { exact: true }).waitFor();
  expect(await row("Cablecast").innerText()).toMatch(/cannot be reached[\s\S]*last right/);
  await goTo("Library");
  expect(await badge.getAttribute("aria-label")).toBe("2 services wrong");
  await goTo("Health");
  await capture(page, "health-server-dead");
});
