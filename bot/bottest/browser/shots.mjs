// Takes the pictures of docs/ from the demonstration:
//   doudou serve --demo &
//   DOUDOU_TEST_BROWSER=/usr/bin/chromium DEMO=http://127.0.0.1:8080 node shots.mjs
import path from "node:path";
import { fileURLToPath } from "node:url";
import { context, enterDemo, open } from "./desk.mjs";
import { links } from "./pages.mjs";

const base = process.env.DEMO, folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../docs");
const wide = { viewport: { width: 1280, height: 840 } }, tall = { viewport: { width: 1280, height: 1120 } }, narrow = { viewport: { width: 320, height: 700 }, deviceScaleFactor: 2 };

// What is shown: file, who looks, page of the demonstration, screen, what is
// done before.
const shots = [
  ["desk-list", "awa", "À prendre", wide],
  ["desk-list-dark", "awa", "À prendre", { ...wide, colorScheme: "dark" }],
  ["desk-list-320", "awa", "À prendre", narrow],
  ["desk-case", "awa", "Demande en tamoul", wide],
  ["desk-case-arabic", "awa", "Demande en arabe, que je tiens, avec une note", wide],
  ["desk-answer", "awa", "Une réponse, en tamoul à côté du français", tall, preview],
  ["desk-transfer", "awa", "Passer à une autre équipe, ce que la famille lira", wide],
  ["desk-day", "awa", "La journée de rencontres", wide],
  ["desk-agenda", "awa", "Les dates", wide],
  ["desk-report", "ines", "Le bilan", wide],
  ["try-phone", "", "Le téléphone d’essai", wide, talk],
];

// talk has a short conversation with the try-it phone, by SMS, in French.
async function talk(page) {
  await page.check("input[value=sms]");
  await page.click("button[value=new]");
  for (const words of ["c combien la nounou", "1"]) {
    const before = await page.locator(".bubble").count();
    await page.fill("#say", words);
    await page.press("#say", "Enter");
    await page.waitForFunction((n) => document.querySelectorAll(".bubble").length > n + 1, before);
  }
}

// preview fills an appointment in, and asks for the text that the family will read.
async function preview(page) {
  await page.fill("input[type=datetime-local]", "2026-12-01T09:30");
  await page.selectOption("select", { index: 1 });
  await page.click("main button.main");
}

const browser = await open();
const first = await browser.newPage();
const shown = await links(first, base);
for (const [file, login, name, screen, act] of shots) {
  const found = shown[login].find(([title]) => title === name);
  if (!found) {
    console.error(`there is no page "${name}" for ${login || "everybody"}: ${file}.png is left as it is`);
    continue;
  }
  const page = await (await context(browser, screen)).newPage();
  if (login) await enterDemo(page, base, login);
  await page.goto(base + found[1]);
  if (act) await act(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${file}.png`) });
  await page.context().close();
}
await browser.close();
