/* The desk: the next case put in place, and keys for everything. */

import { send, toast } from "./portal.js";
import { claim, release } from "./desk-claims.js";
import { decide, fill, markWaiting, returning, sendKept, start, undo } from "./desk-decide.js";
import { desk, form, isSmall, showPane, words } from "./desk-parts.js";
import { listPins, mark, restoreTicks } from "./desk-pins.js";
import { look, redraw, showScan, step, turnTo, view } from "./desk-viewer.js";

const main = document.getElementById("main");

/* ---- Going from case to case without losing what still waits -------------------------------------------------- */

let turn = 0;
async function go(address, { push = true, filled = null } = {}) {
  if (!address) return;
  const own = ++turn;
  release();
  const answer = await send(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (own !== turn) return;
  if (!answer) return toast(words("wordsOffline"));
  if (!answer.ok || !answer.url.includes("/review/cases/")) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("desk");
  if (own !== turn) return;
  if (!found) return location.assign(address);
  const scrolled = document.querySelector(".q-list")?.scrollTop ?? 0;
  desk().replaceWith(document.adoptNode(found));
  document.querySelector(".q-list").scrollTop = scrolled;
  document.title = page.title;
  document.querySelector(".count")?.replaceWith(page.querySelector(".count") ?? "");
  if (push) history.pushState({}, "", address);
  begin();
  if (filled) fill(filled);
  redraw();
  document.getElementById("pane-doc").focus({ preventScroll: true });
}

addEventListener("popstate", () => go(location.href, { push: false }));

function begin() {
  for (const hidden of document.querySelectorAll(".pinner, [data-keys-list], .pane-tabs")) hidden.hidden = false;
  showPane("doc");
  markWaiting();
  document.querySelector(".qi.on")?.scrollIntoView({ block: "nearest" });
  look();
  restoreTicks();
  listPins();
  claim();
  document.getElementById("errors")?.focus();
}

/* ---- What the cursor is on ------------------------------------------------------------------------------------- */

let entry = null;
function inSight() {
  if (entry?.isConnected) return entry;
  const top = document.getElementById("pane-doc").getBoundingClientRect().top;
  return [...document.querySelectorAll(".entry")].find((one) => one.getBoundingClientRect().bottom > top + 40);
}

main.addEventListener("focusin", (event) => {
  const found = event.target.closest(".entry");
  if (!found || found === entry) return;
  entry = found;
  for (const one of document.querySelectorAll(".entry.here")) one.classList.remove("here");
  found.classList.add("here");
  const scan = found.querySelector("[data-scan]")?.dataset.scan;
  if (scan && !isSmall()) showScan(Number(scan));
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
  if (scan) {
    event.preventDefault();
    if (isSmall()) showPane("scan");
    showScan(Number(scan), Boolean(target.closest(".thumbs")));
  }
  const pane = target.closest(".pane-tabs [data-pane]")?.dataset.pane;
  if (pane) showPane(pane);
  if (target.closest("[data-keys-list]")) document.getElementById("keys").showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  const link = target.closest(".qi, .q-more, .q-foot a, .verdicts a");
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

const further = (way, end) => () => (desk().dataset[way] ? go(desk().dataset[way]) : toast(words(end)));
const LETTERS = {
  j: further("next", "wordsLast"),
  k: further("previous", "wordsFirst"),
  s: further("next", "wordsLast"),
  "/": () => document.getElementById("find").focus(),
  r: () => returning(),
  m: () => mark(inSight()),
  n: () => step(1),
  p: () => step(-1),
  "+": () => view("in"),
  "=": () => view("in"),
  "-": () => view("out"),
  0: () => view("fit"),
  z: () => undo(),
  "?": () => document.getElementById("keys").showModal(),
};

function category(digit) {
  const choices = [...document.querySelectorAll('[name="category"]')];
  if (choices[digit - 1]) choices[digit - 1].checked = true;
}

const isTyping = (target) => target.closest('textarea, select, input:not([type="checkbox"]):not([type="radio"])');

function escape(target) {
  returning(false);
  if (isTyping(target)) document.getElementById("pane-doc").focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    return event.repeat ? undefined : decide(form()?.dataset.mode === "return" ? "return" : "approve");
  }
  if (event.key === "Escape") return escape(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || desk().dataset.keys === "off" || isTyping(event.target)) return;
  if (/^[1-9]$/.test(event.key)) return category(Number(event.key));
  const act = LETTERS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

start(go);
begin();
turnTo(location.hash);
redraw();
sendKept();
