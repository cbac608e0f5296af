// What the desk does when JavaScript is on. Without it every page still works.
"use strict";
const every = 10000;

// later runs a task again and again while the page is looked at.
function later(task) {
  setInterval(() => { if (!document.hidden) task(); }, every);
}

// ask fetches a fragment; it says so on the page when it cannot.
async function ask(url, options) {
  const state = document.querySelector("[data-live-state]");
  const say = (text) => { if (state && state.textContent !== text) state.textContent = text; };
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    say(answer.status === 401 ? state?.dataset.out : answer.ok ? "" : state?.dataset.lost);
    return answer.ok ? answer : null;
  } catch {
    say(state?.dataset.lost);
    return null;
  }
}

// The list is replaced when it changed; focus stays where it was.
const list = document.getElementById("cases");
if (list) {
  const title = document.title;
  let seen = "";
  later(async () => {
    const answer = await ask(list.dataset.live);
    if (!answer) return;
    const waiting = Number(answer.headers.get("X-Waiting"));
    document.title = waiting ? `(${waiting}) ${title}` : title;
    const html = await answer.text();
    if (html === seen) return;
    const focus = list.contains(document.activeElement) ? document.activeElement.id : "";
    if (seen) list.innerHTML = html;
    seen = html;
    if (focus) document.getElementById(focus)?.focus();
  });
}

// New lines are added below; nothing above moves, the text being typed stays.
const lines = document.querySelector("ol[data-live]");
if (lines) {
  const log = document.getElementById("log");
  log.scrollTop = log.scrollHeight;
  const title = document.title;
  let fresh = 0;
  document.addEventListener("visibilitychange", () => { fresh = 0; document.title = title; });
  later(async () => {
    const answer = await ask(`${lines.dataset.live}?after=${lines.dataset.last}`);
    if (!answer) return;
    const html = await answer.text();
    if (answer.headers.get("X-Last") === lines.dataset.last) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    lines.insertAdjacentHTML("beforeend", html);
    lines.dataset.last = answer.headers.get("X-Last");
    for (const field of document.querySelectorAll("[data-seen]")) field.value = answer.headers.get("X-Lines");
    if (atEnd) log.scrollTop = log.scrollHeight;
    document.title = `(${++fresh}) ${title}`;
  });
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
