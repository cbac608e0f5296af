// What happens on a desk in a day, on the true service: families write by
// Telegram and SMS, colleagues answer, the network fails.
import { createHmac } from "node:crypto";
import { check, context, enter, go, until, want, watch } from "./desk.mjs";

export async function work(browser, base) {
  const people = {};
  for (const [login, teams, role] of [["awa", "relais", "agent"], ["lea", "relais", "agent"], ["paul", "pmi", "agent"]]) {
    people[login] = await context(browser);
    await enter(await people[login].newPage(), await go("link", { login, teams, role }));
  }
  const site = { browser, base, ...people };
  for (const test of [secondFactor, escalation, typing, twoAnswers, twice, withoutScript, keyboard, walls, foreign, elevenTabs, serverDies]) {
    if (process.env.ONLY && process.env.ONLY !== "1" && !process.env.ONLY.split(",").includes(test.name)) continue;
    await check(`work/${test.name}`, () => test(site));
  }
}

// Password and second factor: a wrong code, a code that served already and a
// recovery code twice are refused; a code may be pasted with its spaces.
async function secondFactor(site) {
  const own = await context(site.browser), page = await own.newPage(), words = "le doudou est bleu ciel";
  await enter(page, await go("link", { login: "zoe", teams: "relais", role: "agent" }));
  await page.fill("#password", words);
  await page.fill("#again", words);
  await page.click(`form[action="/desk/me/password"] button`);
  await page.goto(`${site.base}/desk/me/second`);
  const used = codeNow(await page.inputValue(`input[name="secret"]`) && (await page.locator("main li code").first().innerText()));
  await page.fill("#code", used.slice(0, 3) + " " + used.slice(3));
  await page.click(`form[action="/desk/me/second"] button`);
  const recovery = await page.locator(".recovery code").allInnerTexts();
  want(recovery.length === 10, `${recovery.length} recovery codes`);
  const signIn = async (code) => {
    await own.clearCookies();
    await page.goto(`${site.base}/desk/sign-in`);
    await page.fill("#login", "zoe");
    await page.fill("#password", words);
    await page.click(`form[action="/desk/sign-in"] button.main`);
    await page.fill("#code", code);
    await page.click(`form[action="/desk/sign-in/code"] button.main`);
    return new URL(page.url()).pathname === "/desk/";
  };
  want(!(await signIn("000000")), "a wrong code opened the desk");
  want(/^Erreur/.test(await page.title()), `the title does not say that it failed: ${await page.title()}`);
  want(!(await signIn(used)), "a code opened the desk twice");
  want(await signIn(recovery[0]), "a recovery code did not open the desk");
  want(!(await signIn(recovery[0])), "a recovery code opened the desk twice");
  await own.close();
}

// codeNow is what an app on a telephone shows for a key (RFC 6238).
function codeNow(key) {
  const bits = [...key.replace(/[^A-Z2-7]/g, "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const sum = createHmac("sha1", secret).update(step).digest(), at = sum[19] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}

// family calls a person and returns the case, as the list shows it.
async function family(site, address, lang = "fr", words = "je veux parler a quelqu un") {
  const page = await site.awa.newPage();
  const known = await listed(site, page);
  if (address.chat) await go("telegram", { ...address, lang, text: words });
  else await go("sms", { ...address, text: words });
  let id;
  await until(`the case of ${JSON.stringify(address)} is in the list`, async () => (id = (await listed(site, page)).find((c) => !known.includes(c))));
  await page.close();
  return id;
}

async function listed(site, page) {
  await page.goto(`${site.base}/desk/`);
  return page.$$eval(".cases a", (list) => list.map((a) => a.getAttribute("href").split("/").pop()));
}

const at = (site, id) => `${site.base}/desk/cases/${id}`;

// A family calls by Telegram, another by SMS: both appear in a list that is
// open, without a reload, and the title counts them.
async function escalation(site) {
  const page = await site.awa.newPage();
  await page.goto(`${site.base}/desk/`);
  await page.evaluate(() => (window.stays = true));
  await go("telegram", { chat: "41", lang: "ta", text: "ஒருவருடன் பேச வேண்டும்" });
  await go("sms", { from: "+33639980041", text: "je veux parler a quelqu un" });
  await until("two cases appear", async () => (await page.$$(".cases li")).length === 2, 25000);
  await until("the title counts them", async () => /^\(2\)/.test(await page.title()));
  want(await page.evaluate(() => window.stays === true), "the page was loaded anew");
  await page.close();
}

// A message that comes while somebody types moves neither text nor caret nor
// focus, and is read out by the log.
async function typing(site) {
  const id = await family(site, { chat: "42" }, "ar", "أريد التحدث مع شخص");
  const page = await site.awa.newPage();
  await page.goto(at(site, id));
  const box = page.locator("#text");
  await box.fill("Bonjour, venez mardi");
  await box.evaluate((e) => { e.focus(); e.setSelectionRange(8, 8); });
  const before = await page.$$eval("[role=log] .line.family", (l) => l.length);
  await go("telegram", { chat: "42", lang: "ar", text: "عندي طفلان" });
  await until("the log gets the line", async () => (await page.$$eval("[role=log] .line.family", (l) => l.length)) > before, 25000);
  const now = await box.evaluate((e) => [e.value, e.selectionStart, document.activeElement === e]);
  want(JSON.stringify(now) === '["Bonjour, venez mardi",8,true]', `the box is now ${JSON.stringify(now)}`);
  await page.close();
}

// Two colleagues answer the same case: the second is told, and one answer leaves.
async function twoAnswers(site) {
  const from = "+33639980043", id = await family(site, { from });
  const one = await site.awa.newPage(), two = await site.lea.newPage();
  await one.goto(at(site, id));
  await two.goto(at(site, id));
  await answer(one, "Bonjour, ici Awa.");
  await answer(two, "Bonjour, ici Léa.");
  want(await two.locator("text=Bonjour, ici Léa.").count() > 0, "what the second typed is lost");
  await until("the answer leaves", async () => (await go("sent", { to: from })).some((t) => t.includes("ici Awa")), 30000);
  await new Promise((r) => setTimeout(r, 1500));
  want(!(await go("sent", { to: from })).some((t) => t.includes("ici Léa")), "both answers left");
  await one.close();
  await two.close();
}

// answer types a reply and sends it, past the price of an SMS.
async function answer(page, text) {
  await page.fill("#text", text);
  await page.waitForTimeout(700);
  await page.click("form.reply button.main");
  if (await page.locator("form.reply button.main").count() && /price|prix|coût/i.test(await page.title())) await page.click("form.reply button.main");
  await page.waitForLoadState();
}

const times = async (to, text) => (await go("sent", { to })).filter((t) => t.includes(text)).length;

// A double click, a reload, Back and send again: one SMS.
async function twice(site) {
  const from = "+33639980044", id = await family(site, { from });
  const page = await site.awa.newPage();
  await page.goto(at(site, id));
  await page.fill("#text", "Une seule fois");
  await page.waitForTimeout(700);
  await page.dblclick("form.reply button.main");
  await page.waitForTimeout(1000);
  await page.waitForLoadState();
  await page.reload();
  await page.goBack();
  if (await page.locator("#text").count()) {
    await page.fill("#text", "Une seule fois");
    await page.click("form.reply button.main");
    await page.waitForLoadState();
  }
  await until("it leaves", async () => (await times(from, "Une seule fois")) > 0, 30000);
  await new Promise((r) => setTimeout(r, 2500));
  want((await times(from, "Une seule fois")) === 1, `it left ${await times(from, "Une seule fois")} times`);
  await page.close();
}

// Without JavaScript: list, open, take, note, answer with its price, close.
async function withoutScript(site) {
  const from = "+33639980045", id = await family(site, { from });
  const bare = await context(site.browser, { javaScriptEnabled: false });
  await bare.addCookies(await site.awa.cookies());
  const page = await bare.newPage();
  await page.goto(`${site.base}/desk/`);
  await page.click(`#case-${id}`);
  await page.click(`form[action$="/take"] button`);
  await page.locator("details.note summary").click();
  await page.fill("#note", "Rappeler jeudi");
  await page.click(`form[action$="/note"] button`);
  want(await page.locator(".line.note >> text=Rappeler jeudi").count() === 1, "the note is not in the thread");
  await page.fill("#text", "Venez jeudi à 14 h");
  await page.click("form.reply button.main");
  await page.waitForLoadState();
  want((await page.content()).includes("SMS"), "no price is shown before an SMS leaves");
  await page.locator("form.reply button.main, main form button.main").first().click();
  await page.waitForLoadState();
  await until("it leaves", async () => (await times(from, "Venez jeudi")) === 1, 30000);
  want(!(await go("sent", { to: from })).some((t) => t.includes("Rappeler")), "the note left");
  await bare.close();
}

// With the keyboard alone: from the top of the list to an answer; what has the
// focus is always seen.
async function keyboard(site) {
  const id = await family(site, { chat: "46" });
  const page = await site.awa.newPage();
  await page.goto(`${site.base}/desk/`);
  await page.keyboard.press("Tab");
  want(await page.evaluate(() => document.activeElement.matches(".skip")), "the first stop is not the link past the menu");
  await page.keyboard.press("Enter");
  await tabTo(page, `case-${id}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(at(site, id));
  await tabTo(page, "text");
  await page.keyboard.type("Bonjour, au clavier");
  await tabTo(page, "", (e) => e.matches("form.reply button.main"));
  await page.keyboard.press("Enter");
  await until("it leaves", async () => (await go("sent", { chat: "46" })).some((t) => t.includes("au clavier")), 30000);
  await page.close();
}

// tabTo presses Tab until an element has the focus; each stop must be in sight.
async function tabTo(page, id, is) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(([id, is]) => {
      const e = document.activeElement, box = e.getBoundingClientRect();
      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 0), innerHeight - 1);
      const above = document.elementFromPoint(x, y);
      const outline = getComputedStyle(e).outlineStyle !== "none";
      return { there: is ? new Function("return (" + is + ")")()(e) : e.id === id, hidden: above && !e.contains(above) && !above.contains(e), outline, html: e.outerHTML.slice(0, 120) };
    }, [id, is && is.toString()]);
    want(!stop.hidden, `the focus is covered at ${stop.html}`);
    want(stop.outline, `the focus cannot be seen at ${stop.html}`);
    if (stop.there) return;
  }
  throw new Error(`the keyboard does not reach ${id || is}`);
}

// For another institution the case does not exist: neither its page nor what a
// page asks for by itself.
async function walls(site) {
  const id = await family(site, { chat: "47" });
  const page = await site.paul.newPage();
  for (const path of [`/desk/cases/${id}`, `/desk/cases/${id}/live`, `/desk/cases/${id}/sheet`]) {
    const nothing = await page.request.get(site.base + path.replace(id, "ZZ-0000"));
    const answer = await page.request.get(site.base + path);
    want(answer.status() === 404 && nothing.status() === 404, `${path} answered ${answer.status()}`);
  }
  await page.goto(`${site.base}/desk/`);
  want(!(await page.content()).includes(id), "the list of the PMI shows it");
  await page.close();
}

// A form of another site is refused, and says so.
async function foreign(site) {
  const page = await site.awa.newPage();
  const id = await family(site, { chat: "48" });
  await page.route("http://evil.test/", (r) => r.fulfill({ contentType: "text/html", body: `<form method="post" action="${at(site, id)}/take"><button>x</button></form>` }));
  await page.goto("http://evil.test/");
  const [answer] = await Promise.all([page.waitForResponse((r) => r.url().endsWith("/take")), page.click("button")]);
  want(answer.status() === 403 || answer.status() === 401, `answered ${answer.status()}`);
  await page.goto(at(site, id));
  want(await page.locator(`form[action$="/take"]`).count() === 1, "the case was taken");
  await page.close();
}

// Ten tabs are open; the eleventh loads.
async function elevenTabs(site) {
  const tabs = [];
  for (let i = 0; i < 11; i++) {
    const tab = await site.awa.newPage();
    tabs.push(tab);
    await tab.goto(`${site.base}/desk/`, { timeout: 10000 });
  }
  await go("telegram", { chat: "49", lang: "fr", text: "je veux parler a quelqu un" });
  const before = await tabs[10].$$eval(".cases li", (l) => l.length);
  await tabs[10].bringToFront();
  await until("the last tab hears of it", async () => (await tabs[10].$$eval(".cases li", (l) => l.length)) > before, 30000);
  for (const tab of tabs) await tab.close();
}

// The server is away for five seconds while somebody types: the page says so,
// what was typed stays, and one message leaves.
async function serverDies(site) {
  const id = await family(site, { chat: "50" });
  const page = await site.awa.newPage();
  const said = watch(page);
  await page.goto(at(site, id));
  await page.fill("#text", "Écrit pendant la panne");
  await go("kill");
  await until("the page says that it is cut off", async () => (await page.locator("[data-live-state]").first().innerText()) !== "", 30000);
  await new Promise((r) => setTimeout(r, 5000));
  await go("start");
  await until("the page is back", async () => (await page.locator("[data-live-state]").first().innerText()) === "", 40000);
  want(await page.inputValue("#text") === "Écrit pendant la panne", "what was typed is lost");
  await page.click("form.reply button.main");
  await page.waitForLoadState();
  await until("it leaves", async () => (await go("sent", { chat: "50" })).some((t) => t.includes("pendant la panne")), 30000);
  want((await go("sent", { chat: "50" })).filter((t) => t.includes("pendant la panne")).length === 1, "it left twice");
  want(said.every((s) => /ERR_|Failed to fetch|NetworkError/i.test(s)), said.join("; "));
  await page.close();
}
