/* The scans beside the claims: one at a time, zoom, rotation, and a place marked by drawing a box. */

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

export function showScan(number) {
  const own = pane();
  const papers = [...own.querySelectorAll(".paper")];
  if (!papers.length) return;
  at = Math.min(Math.max(number, 1), papers.length);
  papers.forEach((paper, index) => paper.classList.toggle("on", index + 1 === at));
  own.querySelectorAll(".thumbs button").forEach((thumb, index) => {
    if (index + 1 === at) thumb.setAttribute("aria-current", "true");
    else thumb.removeAttribute("aria-current");
  });
  own.querySelector("#scan-place").textContent = `${at} / ${papers.length}`;
  own.querySelector(".scan-list").scrollTop = 0;
  zoom = turned = 0;
  shape();
}

export const step = (by) => showScan(at + by);
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

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (!button) return;
  VIEWS[button.dataset.view](button);
  if (!["previous", "next", "pin"].includes(button.dataset.view)) shape();
});

/* A box is drawn with the pointer on an upright page; it goes with the remark on that scan. */
let drawn = null;
const place = (event, sheet) => {
  const frame = sheet.getBoundingClientRect();
  const inside = (value) => Math.min(1, Math.max(0, value));
  return [inside((event.clientX - frame.left) / frame.width), inside((event.clientY - frame.top) / frame.height)];
};
document.addEventListener("pointerdown", (event) => {
  const sheet = event.target.closest(".pinning .sheet");
  if (!sheet || turned) return;
  event.preventDefault();
  sheet.querySelector("rect.mine")?.remove();
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  mark.setAttribute("class", "mine");
  sheet.querySelector("svg").append(mark);
  drawn = { sheet, mark, from: place(event, sheet), box: null };
});
document.addEventListener("pointermove", (event) => {
  if (!drawn) return;
  const [x, y] = place(event, drawn.sheet);
  const [left, top] = [Math.min(x, drawn.from[0]), Math.min(y, drawn.from[1])];
  drawn.box = [left, top, Math.abs(x - drawn.from[0]), Math.abs(y - drawn.from[1])];
  ["x", "y", "width", "height"].forEach((side, index) => drawn.mark.setAttribute(side, drawn.box[index] * 1000));
});
document.addEventListener("pointerup", () => {
  if (!drawn) return;
  const { sheet, box } = drawn;
  drawn = null;
  const pin = sheet.closest(".paper").querySelector("[data-pin]");
  if (!pin) return;
  pin.open = true;
  pin.querySelector('[name="pin_box"]').value = box ? box.map((side) => side.toFixed(4)).join(",") : "";
  pin.querySelector('[name="pin_page"]').value = sheet.closest(".page").dataset.page;
  pin.querySelector("textarea").focus();
});
