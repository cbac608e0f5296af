// What the desk does when JavaScript is on. Without it every page still works.
"use strict";
const state = document.querySelector("[data-live-state]");
const say = (text) => { if (state && state.textContent !== text) state.textContent = text; };

// ask fetches a fragment; it says so on the page when it cannot.
async function ask(url, options) {
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    say(answer.status === 401 ? state?.dataset.out : answer.ok || answer.status < 500 ? "" : state?.dataset.lost);
    return answer.ok ? answer : null;
  } catch {
    say(state?.dataset.lost);
    return null;
  }
}

// The title counts what is new here, or else the cases that nobody has taken.
const title = document.title;
let waiting, fresh = 0;
const retitle = () => { document.title = fresh || waiting ? `(${fresh || waiting}) ${title}` : title; };
document.addEventListener("visibilitychange", () => { fresh = 0; retitle(); });

// One stream for all tabs of this browser: the tab that has the lock listens,
// and tells the others. Where there are no locks, each tab listens while it is
// looked at.
const hears = [(news) => {
  if (news.kind === "back") say("");
  if (news.kind === "lost" || news.kind === "out") say(state.dataset[news.kind]);
  if (news.kind === "lists") { waiting = news.open; retitle(); }
}];
const hear = (news) => hears.forEach((one) => one(news));
if (state?.dataset.stream) {
  const tabs = new BroadcastChannel("doudou");
  let source, counts;
  tabs.onmessage = ({ data }) => data.kind === "hello" ? counts && tabs.postMessage(counts) : hear(data);
  const spread = (news) => { tabs.postMessage(news); hear(news); };
  const listen = () => {
    source = new EventSource(state.dataset.stream);
    source.onopen = () => spread({ kind: "back" });
    source.addEventListener("lists", ({ data }) => {
      const before = counts?.open;
      counts = { kind: "lists", ...JSON.parse(data) };
      spread(counts);
      if (counts.open > before && localStorage.getItem("notify")) new Notification(state.dataset.notify);
    });
    source.addEventListener("case", ({ data }) => spread({ kind: "case", ...JSON.parse(data) }));
    source.addEventListener("out", () => { source.close(); retry("out"); });
    source.onerror = () => source.readyState === EventSource.CLOSED ? retry("lost") : spread({ kind: "lost" });
  };
  const retry = async (why) => {
    spread({ kind: why });
    const answer = await fetch("/desk/live").catch(() => null);
    if (answer?.ok) return setTimeout(listen, 1000);
    setTimeout(retry, 5000, answer?.status === 401 ? "out" : "lost");
  };
  if (navigator.locks) navigator.locks.request("doudou", () => new Promise(listen));
  else {
    const look = () => { source?.close(); if (!document.hidden) listen(); };
    document.addEventListener("visibilitychange", look);
    look();
  }
  tabs.postMessage({ kind: "hello" });
}

// refreshing runs a task once for many events, and only while the page is
// looked at.
function refreshing(task) {
  let wait = 0, late = false;
  const run = () => { wait = 0; if (document.hidden) late = true; else task(); };
  document.addEventListener("visibilitychange", () => { if (late && !document.hidden) { late = false; task(); } });
  return () => { wait = wait || setTimeout(run, 200); };
}

// The list is replaced when it changed; focus stays where it was.
const list = document.getElementById("cases");
if (list) {
  let seen = "";
  const refresh = refreshing(async () => {
    const answer = await ask(list.dataset.live);
    const html = await answer?.text();
    if (!answer || html === seen) return;
    const focus = list.contains(document.activeElement) ? document.activeElement.id : "";
    list.innerHTML = seen = html;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  });
  hears.push((news) => { if (["lists", "case", "back"].includes(news.kind)) refresh(); });
}

// New lines are added below; nothing above moves, the text being typed stays.
const lines = document.querySelector("ol[data-live]");
if (lines) {
  const log = document.getElementById("log"), here = document.querySelector("[data-here]");
  const id = lines.dataset.live.split("/")[3];
  log.scrollTop = log.scrollHeight;
  const refresh = async () => {
    const answer = await ask(`${lines.dataset.live}?after=${lines.dataset.last}`);
    const html = await answer?.text();
    if (!answer || answer.headers.get("X-Last") === lines.dataset.last) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    lines.insertAdjacentHTML("beforeend", html);
    lines.dataset.last = answer.headers.get("X-Last");
    for (const field of document.querySelectorAll("[data-seen]")) field.value = answer.headers.get("X-Lines");
    if (atEnd) log.scrollTop = log.scrollHeight;
    if (document.hidden) fresh++;
    retitle();
  };
  let under = Promise.resolve();
  hears.push((news) => {
    if (news.kind === "case" && news.id === id && here) here.textContent = news.there.join(". ");
    if (news.kind === "back" || news.kind === "case" && news.id === id && news.last && news.last !== lines.dataset.last) under = under.then(refresh);
  });
  // Colleagues see that somebody reads, or writes, here.
  let typed = 0, last = "";
  const attend = (doing) => { last = doing; navigator.sendBeacon(`/desk/cases/${id}/here`, new URLSearchParams({ doing })); };
  const tell = () => { if (!document.hidden) attend(Date.now() - typed < 10000 ? "write" : "view"); };
  document.addEventListener("input", ({ target }) => { if (target.matches("textarea")) { typed = Date.now(); if (last !== "write") tell(); } });
  addEventListener("pagehide", () => attend("leave"));
  addEventListener("pageshow", tell);
  document.addEventListener("visibilitychange", tell);
  setInterval(tell, 10000);
}

// A browser that was asked to says when a family calls, and nothing of it.
const notify = document.querySelector("[data-ring]");
if (notify && "Notification" in window) {
  const button = notify.querySelector("button");
  const show = () => { button.textContent = localStorage.getItem("notify") ? notify.dataset.quiet : notify.dataset.ring; };
  button.addEventListener("click", async () => {
    if (localStorage.getItem("notify")) localStorage.removeItem("notify");
    else if (await Notification.requestPermission() === "granted") localStorage.setItem("notify", "on");
    show();
  });
  show();
  notify.hidden = false;
}

// What is typed outlives a session that ends, until it is sent.
for (const field of document.querySelectorAll("[data-draft]")) {
  const key = `draft ${field.dataset.draft}`;
  if (document.querySelector("[data-flash='desk.case.sent'], [data-flash='desk.case.closed']")) sessionStorage.removeItem(key);
  if (!field.value) field.value = sessionStorage.getItem(key) || "";
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
}

// The price of an SMS, shown while it is typed.
for (const field of document.querySelectorAll("[data-price]")) {
  const shown = document.getElementById("price"), priced = field.form.elements.priced;
  let wait = 0;
  const count = async () => {
    const text = field.value;
    const answer = await ask("/desk/segments", { method: "POST", body: new URLSearchParams({ case: field.dataset.price, text }) });
    if (!answer || field.value !== text) return;
    const price = await answer.json();
    shown.textContent = price.text;
    priced.value = price.segments;
  };
  field.addEventListener("input", () => { priced.value = ""; clearTimeout(wait); wait = setTimeout(count, 400); });
  if (field.value) count();
}

// The try-it phone answers without a new page.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-phone]");
  if (!form) return;
  event.preventDefault();
  const answer = await ask(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  if (!answer) return location.assign("/try");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("phone").replaceWith(page.getElementById("phone"));
  rest();
  document.getElementById("say")?.focus({ preventScroll: true });
});
function rest() {
  const screen = document.querySelector(".screen");
  if (screen) screen.scrollTop = screen.scrollHeight;
}
rest();
