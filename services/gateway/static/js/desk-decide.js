/* Deciding: five seconds in which a decision can be taken back, then the call; what is refused comes back whole. */

import { csrf, send, toast } from "./portal.js";
import { colon, desk, form, isSmall, lineOf, showPane, words } from "./desk-parts.js";
import { allSaid, pins, restorePins } from "./desk-pins.js";

const SECONDS = 5;
const KEPT = "juxian-decisions";
const waiting = new Set();
const sending = new Set();
const decided = new Set();
let go = null;

export const start = (goes) => (go = goes);
const underWay = () => [...waiting, ...sending];
export const isWaiting = (address) => underWay().some((one) => address.includes(one.id));
export const markWaiting = () => underWay().forEach((one) => lineOf(one.id)?.classList.add("sending"));
const isShown = (one) => desk().dataset.case === one.id && desk().dataset.version === one.data.get("version");
const versionOf = (one) => `${one.id}:${one.data.get("version")}`;

export function decide(verdict) {
  const own = form();
  if (!own || decided.has(`${desk().dataset.case}:${own.version.value}`)) return;
  if (verdict === "approve" && pins().length) return toast(words("wordsPins"));
  if (verdict === "approve" && own.category && !new FormData(own).get("category")) {
    own.querySelector('[name="category"]').focus();
    return toast(words("wordsCategory"));
  }
  if (verdict === "return" && !own.comment.value.trim()) {
    if (!pins().length) {
      returning();
      return toast(words("wordsSay"));
    }
    own.comment.value = allSaid();
  }
  const data = new FormData(own);
  data.set("decision", verdict);
  data.delete("csrf_token");
  const { case: id, name, account } = desk().dataset;
  const one = { id, name, account, here: location.href, goal: own.action, data, verdict };
  waiting.add(one);
  decided.add(versionOf(one));
  note(one);
  const next = [desk().dataset.next, desk().dataset.previous].find((address) => address && !isWaiting(address));
  if (next) go(next);
  else one.isLast = true;
}

/* ---- The five seconds ---- */

function said(text, ...buttons) {
  const line = document.createElement("div");
  line.append(Object.assign(document.createElement("span"), { textContent: text }), ...buttons);
  document.getElementById("pending").append(line);
  return line;
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function note(one) {
  const text = words(one.verdict === "return" ? "wordsReturn" : "wordsApprove", { name: one.name, n: SECONDS });
  one.note = said(text, button(words("wordsUndo"), () => takeBack(one)));
  one.timer = setTimeout(() => post(one), SECONDS * 1000);
}

function drop(one) {
  clearTimeout(one.timer);
  waiting.delete(one);
  one.note.remove();
}

export const undo = () => waiting.size && takeBack([...waiting].at(-1));

function takeBack(one) {
  drop(one);
  decided.delete(versionOf(one));
  lineOf(one.id)?.classList.remove("sending");
  if (desk().dataset.case !== one.id) go(one.here, { filled: one.data });
}

/* ---- The call ---- */

const packed = (one) => new URLSearchParams(one.data);

async function post(one) {
  drop(one);
  sending.add(one); // until it is answered: who leaves meanwhile has it sent once more
  const answer = await send(one.goal, { method: "POST", body: packed(one), headers: { Accept: "application/json" } }).catch(() => null);
  sending.delete(one);
  const told = answer ? await answer.json().catch(() => ({})) : {};
  if (answer?.ok) {
    toast(words("wordsSent", { name: one.name }));
    if (!one.isKept) lineOf(one.id)?.parentElement.remove(); // else the list was read since, and the case may be back
    if (one.isLast && isShown(one)) location.assign(desk().dataset.list);
    return;
  }
  refuse(one, told);
}

/* A refusal stays until it was read. What was written goes back to the case; meanwhile nothing else is disturbed. */
function refuse(one, told) {
  decided.delete(versionOf(one));
  lineOf(one.id)?.classList.remove("sending");
  const line = said(`${one.name}${colon}${told.detail ?? words("wordsFailed")}`);
  line.classList.add("failed");
  const back = () => {
    line.remove();
    go(one.here, { filled: one.data });
  };
  if (desk().dataset.case === one.id) {
    line.append(button(words("wordsSeen"), () => line.remove()));
    return go(one.here, { filled: one.data });
  }
  line.append(button(words("wordsLook"), back), button(words("wordsSeen"), () => line.remove()));
}

/* Leaving the page sends what waits at once. It is kept in this tab as well, until a later page has seen it arrive:
   each decision has its key, so that sending it twice makes it once. */
addEventListener("pagehide", () => {
  const kept = underWay().map((one) => ({ ...one, data: packed(one).toString(), note: null, timer: null }));
  if (kept.length) sessionStorage.setItem(KEPT, JSON.stringify(kept));
  for (const one of underWay()) {
    const headers = { Accept: "application/json", "X-CSRF-Token": csrf() };
    clearTimeout(one.timer);
    fetch(one.goal, { method: "POST", body: packed(one), headers, keepalive: true }).catch(() => {});
  }
});
addEventListener("pageshow", (event) => event.persisted && location.reload());

export function sendKept() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  sessionStorage.removeItem(KEPT);
  for (const one of kept.filter((each) => each.account === desk().dataset.account)) {
    Object.assign(one, { data: new URLSearchParams(one.data), isKept: true });
    one.note = said(words("wordsSent", { name: one.name }));
    decided.add(versionOf(one));
    post(one);
  }
}

/* ---- Words that come back ---- */

/* Version, key and next case stay those of the page, which may show a newer version. */
export function fill(data) {
  const own = form();
  const comment = data.get("comment") ?? "";
  const lost = own ? restorePins(data) : data.getAll("pin_comment");
  if (own) {
    own.comment.value = [comment, ...lost].filter((text) => text.trim()).join("\n");
    for (const choice of own.querySelectorAll('[name="category"]')) choice.checked = choice.value === data.get("category");
    if (data.get("decision") === "return") own.dataset.mode = "return";
    return;
  }
  const text = [comment, ...lost].filter((each) => each?.trim()).join("\n");
  if (!text) return;
  const quote = Object.assign(document.createElement("blockquote"), { textContent: words("wordsKept", { words: text }) });
  document.querySelector(".doc-head").after(quote);
}

export function returning(on = true) {
  const own = form();
  if (!own) return;
  own.dataset.mode = on ? "return" : "";
  if (on && isSmall()) showPane("decide");
  if (on) own.comment.focus();
}
