// Every page and state of the demonstration: accessible, wide enough for no
// screen, without a word from the console, under a title of its own, and as it
// was after it was looked at.
import { check, context, enterDemo, faults, want, watch } from "./desk.mjs";

// links are the pages on show, by who sees them.
export async function links(page, base) {
  await page.goto(`${base}/demo`);
  return page.evaluate(() => ({
    "": [...document.querySelectorAll("[data-open] a")].map((a) => [a.textContent, a.pathname + a.search]),
    ...Object.fromEntries([...document.querySelectorAll("[data-role]")].map((s) => [s.dataset.role, [...s.querySelectorAll("li a")].map((a) => [a.textContent, a.pathname + a.search])])),
  }));
}

export async function pages(browser, base) {
  const first = await browser.newPage();
  const shown = await links(first, base);
  await first.close();
  for (const [login, list] of Object.entries(shown)) {
    const own = await context(browser);
    const page = await own.newPage();
    if (login) await enterDemo(page, base, login);
    const said = watch(page), titles = new Map();
    for (const [name, path] of list.filter(([, path]) => !path.endsWith(".ics"))) {
      await check(`pages/${login || "tous"}/${name}`, () => look(page, base, path, said, titles));
    }
    await own.close();
  }
}

async function look(page, base, path, said, titles) {
  said.length = 0;
  const answer = await page.goto(base + path);
  want(answer.status() < 500, `answered ${answer.status()}`);
  const wrong = await faults(page);
  want(wrong.length === 0, wrong.join("\n"));
  want(said.length === 0, `the console says: ${said.join("; ")}`);
  const title = await page.title(), twin = titles.get(title);
  want(!twin || twin === path || answer.status() === 404, `the title "${title}" is also that of ${twin}`);
  titles.set(title, path);
}
