/* The desk: keys, the five seconds before a decision goes out, the next case put in place, claims. */

import { send, toast } from "./portal.js";
import { look, showScan, step, turnTo } from "./desk-viewer.js";

const SECONDS = 5;
const RENEW = 5 * 60 * 1000;
const main = document.getElementById("main");
const desk = () => document.getElementById("desk");
const form = () => document.getElementById("decide");
const words = (name, values = {}) =>
  desk().dataset[name].replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
const waiting = new Set();

/* ---- Going from case to case without losing what still waits -------------------------------------------------- */

async function go(address, { push = true, filled = null } = {}) {
  if (!address) return;
  release();
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || !answer.url.includes("/review/cases/")) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("desk");
  if (!found) return location.assign(address);
  desk().replaceWith(document.adoptNode(found));
  document.title = page.title;
  if (push) history.pushState({}, "", address);
  begin();
  if (filled) fill(filled);
  document.getElementById("pane-doc").focus();
}

addEventListener("popstate", () => go(location.href, { push: false }));

function begin() {
  for (const hidden of document.querySelectorAll(".pinner, [data-keys-list]")) hidden.hidden = false;
  for (const one of waiting) document.querySelector(`.qi[data-id="${one.id}"]`)?.classList.add("sending");
  document.querySelector(".qi.on")?.scrollIntoView({ block: "nearest" });
  look();
  restoreTicks();
  claim();
  document.getElementById("errors")?.focus();
}

/* ---- Who has the case open: said to colleagues, and asked of them ---------------------------------------------- */

const claims = (id) => `/api/v1/review/cases/${id}/claim`;
async function claim() {
  const { case: id, mine } = desk().dataset;
  if (mine !== "true") return;
  const answer = await fetch(claims(id), { method: "PUT", headers: token() }).catch(() => null);
  if (!answer?.ok || desk().dataset.case !== id) return;
  const held = await answer.json();
  const note = document.getElementById("colleague");
  note.hidden = held.mine;
  if (!held.mine) note.querySelector("span").textContent = words("wordsOpen", { name: held.claimed_by.name });
}
const token = () => ({ "X-CSRF-Token": document.body.dataset.csrf });
function release() {
  const { case: id, mine } = desk().dataset;
  if (mine === "true") fetch(claims(id), { method: "DELETE", headers: token(), keepalive: true }).catch(() => {});
}
setInterval(claim, RENEW);

/* ---- Deciding ---------------------------------------------------------------------------------------------------- */

const pins = () => [...document.querySelectorAll('[name="pin_comment"]')].filter((one) => one.value.trim());

function decide(verdict) {
  const own = form();
  if (!own) return;
  if (verdict === "approve" && pins().length) return toast(words("wordsPins"));
  if (verdict === "approve" && own.querySelector('[name="category"]') && !new FormData(own).get("category")) {
    own.querySelector('[name="category"]').focus();
    return toast(words("wordsCategory"));
  }
  if (verdict === "return" && !own.comment.value.trim()) {
    if (!pins().length) {
      returning();
      return toast(words("wordsSay"));
    }
    own.comment.value = pins().map((one) => one.value.trim()).join("\n").slice(0, 2000);
  }
  const data = new FormData(own);
  data.set("decision", verdict);
  const one = { id: desk().dataset.case, name: desk().dataset.name, here: location.href, goal: own.action, data, verdict };
  one.end = Date.now() + SECONDS * 1000;
  waiting.add(one);
  note(one);
  const next = desk().dataset.next || desk().dataset.previous;
  if (next && !isWaiting(next)) go(next);
  else one.last = true;
}

const isWaiting = (address) => [...waiting].some((one) => address.includes(one.id));

function note(one) {
  one.note = document.createElement("div");
  const told = document.createElement("span");
  const undo = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: words("wordsUndo") });
  const say = words(one.verdict === "return" ? "wordsReturn" : "wordsApprove", { name: one.name, n: SECONDS });
  told.textContent = say;
  undo.addEventListener("click", () => takeBack(one));
  one.note.append(told, undo);
  document.getElementById("pending").append(one.note);
  one.timer = setTimeout(() => post(one), SECONDS * 1000);
}

function drop(one) {
  clearTimeout(one.timer);
  waiting.delete(one);
  one.note.remove();
}

function takeBack(one) {
  drop(one);
  document.querySelector(`.qi[data-id="${one.id}"]`)?.classList.remove("sending");
  if (desk().dataset.case !== one.id) go(one.here, { filled: one.data });
}

async function post(one) {
  drop(one);
  const options = { method: "POST", body: new URLSearchParams(one.data), headers: { Accept: "application/json" } };
  const answer = await send(one.goal, options).catch(() => null);
  const told = answer ? await answer.json().catch(() => ({})) : {};
  if (answer?.ok) {
    toast(words("wordsSent", { name: one.name }));
    document.querySelector(`.qi[data-id="${one.id}"]`)?.parentElement.remove();
    if (one.last && desk().dataset.case === one.id) location.assign(desk().dataset.list);
    return;
  }
  toast(`${one.name}：${told.detail ?? words("wordsFailed")}`);
  if (told.code !== "already_decided") go(one.here, { filled: one.data });
  else if (desk().dataset.case === one.id) go(one.here);
}

/* Leaving the page sends what waits at once. */
addEventListener("pagehide", () => {
  for (const one of waiting) {
    const headers = { Accept: "application/json", ...token() };
    fetch(one.goal, { method: "POST", body: new URLSearchParams(one.data), headers, keepalive: true });
  }
  waiting.clear();
  release();
});

/* What was typed comes back; version, key and token stay those of the page, which may show a newer version. */
function fill(data) {
  const kept = ["csrf_token", "version", "key", "next", "decision"];
  for (const name of new Set(data.keys())) {
    if (kept.includes(name)) continue;
    const fields = document.getElementsByName(name);
    data.getAll(name).forEach((value, at) => {
      if (name === "category") [...fields].forEach((one) => (one.checked = one.value === value));
      else if (fields[at] && fields[at].type !== "hidden") fields[at].value = value;
      else if (name === "pin_box" && fields[at]) fields[at].value = value;
      if (name === "pin_comment" && value) fields[at]?.closest("details").setAttribute("open", "");
    });
  }
}

function returning(on = true) {
  const own = form();
  if (!own) return;
  own.dataset.mode = on ? "return" : "";
  if (on) own.comment.focus();
}

/* ---- Marking problems --------------------------------------------------------------------------------------------- */

let entry = null;
function mark(block, field = "") {
  const pin = block?.querySelector("[data-pin]");
  if (!pin) return;
  pin.open = true;
  const choice = pin.querySelector('select[name="pin_field"]');
  if (choice && field) choice.value = field;
  pin.querySelector("textarea").focus();
}

function inSight() {
  if (entry?.isConnected) return entry;
  const top = document.getElementById("pane-doc").getBoundingClientRect().top;
  return [...document.querySelectorAll(".entry")].find((one) => one.getBoundingClientRect().bottom > top + 40);
}

const tickKey = (box) => `juxian-tick:${desk().dataset.case}:${desk().dataset.version}:${box.closest(".entry").dataset.entry}`;
function restoreTicks() {
  for (const box of document.querySelectorAll("[data-agrees]")) box.checked = sessionStorage.getItem(tickKey(box)) === "1";
}
main.addEventListener("change", (event) => {
  if (event.target.matches("[data-agrees]")) sessionStorage.setItem(tickKey(event.target), event.target.checked ? "1" : "0");
});
main.addEventListener("focusin", (event) => {
  entry = event.target.closest(".entry") ?? entry;
  for (const one of document.querySelectorAll(".entry.here")) one.classList.remove("here");
  event.target.closest(".entry")?.classList.add("here");
});

main.addEventListener("click", (event) => {
  const target = event.target;
  const phrase = target.closest("[data-phrase]")?.dataset.phrase;
  if (phrase) {
    const box = form().comment;
    box.value = box.value.trim() ? `${box.value.trim()}\n${phrase}` : phrase;
    box.focus();
  }
  const pinner = target.closest(".pinner");
  if (pinner) mark(pinner.closest(".entry"), pinner.dataset.field);
  const scan = target.closest("[data-scan]")?.dataset.scan;
  if (scan && matchMedia("(min-width: 1100px)").matches) {
    event.preventDefault();
    showScan(Number(scan));
  }
  if (target.closest("[data-keys-list]")) document.getElementById("keys").showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  const link = target.closest(".qi, .q-foot a, .verdicts a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.href);
  }
});

main.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  decide(event.submitter?.value === "return" ? "return" : "approve");
});

/* ---- Keys: never while an input method composes, never while somebody types --------------------------------------- */

const LETTERS = {
  j: () => (desk().dataset.next ? go(desk().dataset.next) : toast(words("wordsLast"))),
  k: () => (desk().dataset.previous ? go(desk().dataset.previous) : toast(words("wordsFirst"))),
  s: () => (desk().dataset.next ? go(desk().dataset.next) : toast(words("wordsLast"))),
  "/": () => document.getElementById("desk-search").focus(),
  r: () => returning(),
  m: () => mark(inSight()),
  n: () => step(1),
  p: () => step(-1),
  z: () => waiting.size && takeBack([...waiting].at(-1)),
  "?": () => document.getElementById("keys").showModal(),
};

function category(digit) {
  const choices = [...document.querySelectorAll('[name="category"]')];
  if (choices[digit - 1]) choices[digit - 1].checked = true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    return decide(form()?.dataset.mode === "return" ? "return" : "approve");
  }
  if (event.key === "Escape") return returning(false);
  if (event.ctrlKey || event.metaKey || event.altKey || desk().dataset.keys === "off") return;
  if (event.target.closest('textarea, select, input:not([type="checkbox"]):not([type="radio"])')) return;
  if (/^[1-9]$/.test(event.key)) return category(Number(event.key));
  const act = LETTERS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

begin();
turnTo(location.hash);
