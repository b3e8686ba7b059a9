/* The worklist: J and K go along the lines, Enter opens one, `/` goes to the search; never while somebody types. */

const lines = () => [...document.querySelectorAll(".cases tbody th a")];
function along(by) {
  const all = lines();
  const at = all.indexOf(document.activeElement);
  all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}
const KEYS = { j: () => along(1), k: () => along(-1), "/": () => document.querySelector("[data-search]")?.focus() };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("[data-keys='off']")) return;
  const act = KEYS[event.key.toLowerCase()];
  if (!act || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  act();
});

/* Ticking all of a page, or none. */
const all = document.querySelector("[data-tick-all]");
const ticks = () => [...document.querySelectorAll('.cases [name="case"]')];
if (all) all.closest("[hidden]").hidden = false;
all?.addEventListener("change", () => ticks().forEach((one) => (one.checked = all.checked)));

/* On a phone the list comes first. */
if (matchMedia("(max-width: 767px)").matches) document.querySelector("[data-fold]")?.removeAttribute("open");
