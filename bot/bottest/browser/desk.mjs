// What all browser tests share: one Chromium, the talk with the Go test that
// plays the families and the server, and what must hold on every page.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import readline from "node:readline";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const answers = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (line) => process.stdout.write(JSON.stringify(line) + "\n");

// go asks the Go test to do something outside of the browser: a family writes,
// the server dies.
export async function go(act, args = {}) {
  tell({ do: act, args });
  const { value } = await answers.next();
  const answer = JSON.parse(value);
  if (answer.error) throw new Error(`${act}: ${answer.error}`);
  return answer.value;
}

// check runs one named test; the Go test reports it.
export async function check(name, test) {
  const limit = new Promise((_, no) => setTimeout(() => no(new Error("took longer than 60 s")), 60000).unref());
  const began = Date.now();
  try {
    await Promise.race([test(), limit]);
    tell({ pass: name, ms: Date.now() - began });
  } catch (e) {
    tell({ fail: name, why: String(e.stack || e).slice(0, 3000) });
  }
}

export function want(ok, why) {
  if (!ok) throw new Error(why);
}

// until waits for something to become true.
export async function until(what, test, ms = 15000) {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((r) => setTimeout(r, 100))) {
    if (await test()) return;
  }
  throw new Error(`did not happen within ${ms} ms: ${what}`);
}

export const open = () => chromium.launch({ executablePath: process.env.DOUDOU_TEST_BROWSER, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

// context is a browser of its own: cookies, size, wishes.
export function context(browser, options = {}) {
  return browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "fr-FR", ...options });
}

// enter signs somebody in by a one-time link.
export async function enter(page, link) {
  await page.goto(link);
  await page.click("main form button.main");
}

// enterDemo signs in as one of the staff of the demonstration.
export async function enterDemo(page, base, login) {
  await page.goto(`${base}/demo`);
  await page.click(`button[value="${login}"]`);
  await page.click("main form button.main");
}

// watch collects what a page complains of: errors of scripts, refused by the
// policy or not found.
export function watch(page) {
  const said = [];
  page.on("pageerror", (e) => said.push(String(e)));
  page.on("console", (m) => {
    if (m.type() === "error" && !m.text().includes("the server responded with a status of")) said.push(m.text());
  });
  return said;
}

// faults returns what is wrong with a page: what axe finds by the rules of WCAG
// 2.2 A and AA, and what it does not look for; on a wide screen, in the dark,
// and on one of 320 pixels, which is also what 400 % of zoom leaves of 1280.
export async function faults(page) {
  await page.evaluate(axe + ";undefined");
  const wide = [...(await byAxe(page)), ...(await page.evaluate(byHand))];
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = (await byAxe(page, ["color-contrast"])).map((f) => `in the dark, ${f}`);
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const small = (await page.evaluate(byHand)).map((f) => `at 320 px, ${f}`);
  await page.setViewportSize(size);
  return [...wide, ...dark, ...small];
}

function byAxe(page, rules) {
  return page.evaluate(async (rules) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"], runOnly: rules || tags });
    return violations.map((v) => `axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
  }, rules);
}

// byHand runs in the page and returns what axe cannot see.
function byHand() {
  const wrong = [];
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1;
  const say = (e, why) => wrong.push(`${why}: ${e.outerHTML.slice(0, 140)}`);
  if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${innerWidth}`);
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not exactly one h1");
  if (document.querySelectorAll("[role=log]").length > 1) wrong.push("more than one log");
  const foreign = /[\u0600-\u06ff\u0980-\u09ff\u0b80-\u0bff\u3400-\u9fff]{2}/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!foreign.test(n.data) || !shown(e) || e.closest("script, style")) continue;
    const tagged = e.closest("[lang]"), turned = e.closest("[dir]");
    if (!tagged || tagged === document.documentElement) say(e, "foreign letters without lang");
    if (/[\u0600-\u06ff]/.test(n.data) && !turned) say(e, "Arabic without dir");
  }
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (shown(e) && !e.labels?.length && !e.ariaLabel && !e.getAttribute("aria-labelledby")) say(e, "no label");
  }
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const target = e.matches("[type=checkbox], [type=radio]") ? e.closest("label") || e : e;
    const { width, height } = target.getBoundingClientRect();
    const inline = e.matches("a") && getComputedStyle(e).display === "inline" && e.closest("p, li, dd, td");
    if (shown(e) && !e.matches(".skip") && !inline && (width < 24 || height < 24)) say(e, `target of ${Math.round(width)} x ${Math.round(height)}`);
  }
  return wrong;
}
