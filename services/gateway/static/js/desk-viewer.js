/* The scans beside the claims: one at a time, zoom, rotation, and a place marked by drawing a box. */

import { boxOf, mark } from "./desk-pins.js";

const pane = () => document.getElementById("pane-scan");
let at = 1;
let zoom = 0;
let turned = 0;

export function look() {
  const own = pane();
  if (!own.querySelector(".paper")) return;
  own.classList.add("one-by-one");
  for (const part of own.querySelectorAll(".scan-bar, .thumbs")) part.hidden = false;
  showScan(1);
}

/* Which scan is seen; with `isAsked` by its picture, its claim comes into sight beside it. */
export function showScan(number, isAsked = false) {
  const own = pane();
  const papers = [...own.querySelectorAll(".paper")];
  if (!papers.length) return;
  at = Math.min(Math.max(number, 1), papers.length);
  papers.forEach((paper, index) => paper.classList.toggle("on", index + 1 === at));
  own.querySelectorAll(".thumbs button").forEach((thumb, index) => {
    if (index + 1 === at) thumb.setAttribute("aria-current", "true");
    else thumb.removeAttribute("aria-current");
    if (index + 1 === at && thumb.offsetParent) thumb.parentElement.scrollLeft = thumb.offsetLeft - thumb.parentElement.offsetLeft - 60;
  });
  beside(papers[at - 1].dataset.of, isAsked);
  own.querySelector("#scan-place").textContent = `${at} / ${papers.length}`;
  own.querySelector(".scan-list").scrollTop = 0;
  zoom = turned = 0;
  shape();
}

/* The claim that the scan proves. */
function beside(place, isAsked) {
  const claim = [...document.querySelectorAll(".entry")].find((one) => one.dataset.entry === place);
  for (const one of document.querySelectorAll(".entry.beside")) one.classList.remove("beside");
  claim?.classList.add("beside");
  if (isAsked) claim?.scrollIntoView({ block: "nearest" });
}

export const step = (by) => showScan(at + by, true);
export const turnTo = (hash) => /^#scan-\d+$/.test(hash) && showScan(Number(hash.slice(6)));

/* Sizes are set by script, property by property: the policy of content allows no style attributes. */
function shape() {
  const own = pane();
  own.classList.toggle("zoomed", zoom !== 0);
  for (const sheet of own.querySelectorAll(".paper.on .sheet")) {
    const image = sheet.querySelector("img");
    image.style.width = zoom ? `${100 * 1.3 ** zoom}%` : "";
    sheet.style.width = zoom ? `${100 * 1.3 ** zoom}%` : "";
    if (zoom) image.style.width = "100%";
    sheet.style.transform = turned ? `rotate(${turned}deg)` : "";
    const lying = turned % 180 !== 0;
    sheet.style.margin = lying ? `${Math.max(0, (sheet.offsetWidth - sheet.offsetHeight) / 2)}px auto` : "";
  }
}

const VIEWS = {
  previous: () => step(-1),
  next: () => step(1),
  in: () => (zoom = Math.min(zoom + 1, 6)),
  out: () => (zoom = Math.max(zoom - 1, -3)),
  fit: () => (zoom = turned = 0),
  turn: () => (turned = (turned + 90) % 360),
  pin: (button) => {
    const on = pane().classList.toggle("pinning");
    button.setAttribute("aria-pressed", String(on));
  },
};

export function view(name, button) {
  if (!pane().querySelector(".paper")) return;
  VIEWS[name](button);
  if (!["previous", "next", "pin"].includes(name)) shape();
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (button) view(button.dataset.view, button);
});

/* A box is drawn with the pointer on an upright page; it goes with a remark on that scan. */
let drawn = null;
const place = (event, sheet) => {
  const frame = sheet.getBoundingClientRect();
  const inside = (value) => Math.min(1, Math.max(0, value));
  return [inside((event.clientX - frame.left) / frame.width), inside((event.clientY - frame.top) / frame.height)];
};
function rectangle(sheet, box = [0, 0, 0, 0]) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  made.setAttribute("class", "mine");
  sheet.querySelector("svg").append(made);
  stretch(made, box);
  return made;
}
const stretch = (rect, box) =>
  ["x", "y", "width", "height"].forEach((side, index) => rect.setAttribute(side, box[index] * 1000));

document.addEventListener("pointerdown", (event) => {
  const sheet = event.target.closest(".pinning .sheet");
  if (!sheet || turned) return;
  event.preventDefault();
  drawn = { sheet, rect: rectangle(sheet), from: place(event, sheet), box: null };
});
document.addEventListener("pointermove", (event) => {
  if (!drawn) return;
  const [x, y] = place(event, drawn.sheet);
  const [left, top] = [Math.min(x, drawn.from[0]), Math.min(y, drawn.from[1])];
  drawn.box = [left, top, Math.abs(x - drawn.from[0]), Math.abs(y - drawn.from[1])];
  stretch(drawn.rect, drawn.box);
});
document.addEventListener("pointerup", () => {
  if (!drawn) return;
  const { sheet, rect, box } = drawn;
  drawn = null;
  const pin = mark(sheet.closest(".paper"));
  if (!pin) return rect.remove();
  pin.drawn?.remove();
  pin.drawn = rect;
  boxOf(pin).value = box ? box.map((side) => side.toFixed(4)).join(",") : "";
  pin.querySelector('[name="pin_page"]').value = sheet.closest(".page").dataset.page;
});

/* Boxes that came back with a form are drawn again. */
export function redraw() {
  for (const pin of pane().querySelectorAll("[data-pin]")) {
    const box = boxOf(pin).value.split(",").map(Number);
    const page = pin.querySelector('[name="pin_page"]').value;
    const sheet = pin.closest(".paper").querySelector(`.page[data-page="${page}"] .sheet`);
    if (pin.drawn || box.length !== 4 || !sheet) continue;
    pin.drawn = rectangle(sheet, box);
  }
}
