// TestBrowser runs this: DEMO is the demonstration, BASE the service whose
// families and provider the Go test plays.
import { open } from "./desk.mjs";
import { pages } from "./pages.mjs";
import { work } from "./work.mjs";

const browser = await open();
try {
  if (process.env.BASE) await work(browser, process.env.BASE);
  if (process.env.DEMO) await pages(browser, process.env.DEMO);
} finally {
  await browser.close();
}
process.exit(0);
