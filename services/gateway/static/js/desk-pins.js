/* Problems pinned to a field, an entry or a scan: marked, listed beside the verdict, and put back after a refusal. */

import { colon, desk, form, isSmall, showPane, words } from "./desk-parts.js";

const part = (pin, name) => pin.querySelector(`[name="pin_${name}"]`);
export const boxOf = (pin) => part(pin, "box");
const all = () => [...document.querySelectorAll("[data-pin]")];
const said = (pin) => part(pin, "comment").value.trim();

export const pins = () => all().filter(said);
export const allSaid = () => pins().map(said).join("\n").slice(0, 2000);

/* Each problem has its own pin: where the first is taken, another is made beside it. */
function freePin(block, field) {
  const there = [...(block?.querySelectorAll("[data-pin]") ?? [])];
  const same = there.find((pin) => said(pin) && part(pin, "field").value === field);
  const free = same ?? there.find((pin) => !said(pin));
  if (free || !there.length) return free;
  const made = there.at(-1).cloneNode(true);
  part(made, "comment").value = part(made, "box").value = "";
  there.at(-1).after(made);
  return made;
}

export function mark(block, field = "") {
  const pin = freePin(block, field);
  if (!pin) return null;
  if (isSmall()) showPane(pin.closest(".paper") ? "scan" : "doc");
  pin.open = true;
  if (part(pin, "field").matches("select")) part(pin, "field").value = field;
  part(pin, "comment").focus();
  return pin;
}

/* What was pinned comes back to the places that it was pinned to, also in a newer version. Gives what found none. */
export function restorePins(data) {
  const column = (name) => data.getAll(`pin_${name}`);
  const [sections, entries, scans, fields, pages, boxes] = ["section", "entry", "scan", "field", "page", "box"].map(column);
  const lost = [];
  column("comment").forEach((comment, at) => {
    if (!comment.trim()) return;
    const same = all().find((pin) => ["section", "entry", "scan"].every(
      (name, index) => part(pin, name).value === [sections, entries, scans][index][at]));
    const pin = same && freePin(same.closest(".entry, .paper"), fields[at]);
    if (!pin) return lost.push(comment.trim());
    part(pin, "field").value = fields[at];
    if (part(pin, "page").matches("select")) part(pin, "page").value = pages[at];
    part(pin, "box").value = boxes[at];
    part(pin, "comment").value = comment;
    pin.open = true;
  });
  listPins();
  return lost;
}

/* ---- The list beside the verdict ---- */

export function listPins() {
  const list = document.getElementById("pinned");
  if (!list) return;
  list.replaceChildren(...pins().map(line));
  list.hidden = !list.children.length;
}

function line(pin) {
  const one = document.createElement("li");
  const field = part(pin, "field");
  const title = pin.closest(".part")?.querySelector("h2").textContent ?? pin.closest(".paper").querySelector("h2").textContent;
  const what = field.matches("select") && field.value ? ` · ${field.selectedOptions[0].textContent}` : "";
  const go = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: `${title}${what}${colon}${said(pin)}` });
  go.addEventListener("click", () => {
    if (isSmall()) showPane(pin.closest(".paper") ? "scan" : "doc");
    part(pin, "comment").focus();
  });
  const clear = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: words("wordsClear") });
  clear.addEventListener("click", () => {
    part(pin, "comment").value = part(pin, "box").value = "";
    pin.open = false;
    pin.drawn?.remove();
    listPins();
    form().comment.focus();
  });
  one.append(go, clear);
  return one;
}

document.addEventListener("input", (event) => {
  if (event.target.name !== "pin_comment") return;
  const tick = event.target.closest(".entry")?.querySelector("[data-agrees]");
  if (tick?.checked && event.target.value.trim()) tick.click();
  listPins();
});

/* ---- "Agrees with the papers": ticks are this tab's, for this version ---- */

const tickKey = (box) => `juxian-tick:${desk().dataset.case}:${desk().dataset.version}:${box.closest(".entry").dataset.entry}`;
export function restoreTicks() {
  for (const box of document.querySelectorAll("[data-agrees]")) box.checked = sessionStorage.getItem(tickKey(box)) === "1";
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-agrees]")) sessionStorage.setItem(tickKey(event.target), event.target.checked ? "1" : "0");
});
