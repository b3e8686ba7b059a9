/* Filling the profile: long lists that can be searched, forms that open in place, entries that are chosen again. */
import { watch } from "/static/js/applicant-drafts.js";
import { uploads } from "/static/js/applicant-uploads.js";
import { send } from "/static/js/portal.js";

if (matchMedia("(max-width: 991px)").matches) document.querySelector("[data-sections]")?.removeAttribute("open");

/* ---- Long lists ----------------------------------------------------------------------------------------------- */

function searchable(select) {
  const programme = select.dataset.organizations;
  select.setAttribute("aria-label", select.labels[0]?.textContent ?? ""); // its label goes to the box that takes its place
  new globalThis.TomSelect(select, {
    maxOptions: 400,
    allowEmptyOption: true,
    ...(programme && {
      valueField: "organization_id",
      labelField: "name",
      searchField: ["name"],
      shouldLoad: (query) => query.length > 1,
      score: () => () => 1,
      load: async (query, show) => {
        const asked = new URLSearchParams({ programme, kind: "employer", query, limit: "50" });
        const answer = await fetch(`/api/v1/organizations?${asked}`);
        show(answer.ok ? (await answer.json()).items : []);
      },
    }),
  });
}

/* What is folded is prepared when it is unfolded: a page of eleven sections is there at once. */
function prepare(root) {
  const waits = (one) => one.closest("details:not([open])");
  for (const select of root.querySelectorAll("select[data-searchable]:not(.tomselected)")) {
    if (!waits(select)) searchable(select);
  }
  uploads([...root.querySelectorAll("input[type=file][data-upload]")].filter((field) => !waits(field)));
}

for (const unit of document.querySelectorAll("[data-autosave]")) watch(unit);
for (const fold of document.querySelectorAll("details.fold")) fold.addEventListener("toggle", () => prepare(fold));
prepare(document);
const aimed = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (aimed) {
  const fold = aimed.closest("details.fold");
  if (fold && !fold.open) { fold.open = true; aimed.scrollIntoView(); }
  if (aimed.matches("input, select, textarea, fieldset")) (aimed.tomselect ?? aimed).focus({ preventScroll: false });
}

/* ---- A form opens in its place, and what is typed elsewhere on the page stays ----------------------------------- */

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-open]");
  if (!button) return;
  event.preventDefault();
  const answer = await send(`${location.pathname}?${new URLSearchParams({ open: button.value })}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.getElementById(`part-${button.value}`);
  if (!part) { button.form.requestSubmit(button); return; }
  const place = button.dataset.open ? document.getElementById(button.dataset.open) : button;
  place.replaceWith(part);
  globalThis.htmx.process(part);
  watch(part);
  prepare(part);
  part.querySelector(".form-grid input:not([type=hidden]), .form-grid select, .form-grid textarea")?.focus();
});

/* ---- Scans: another order, another file, one that is there already ---------------------------------------------- */

const changed = (list) => list.dispatchEvent(new Event("input", { bubbles: true }));

document.addEventListener("click", async (event) => {
  const mover = event.target.closest("[data-move]");
  if (mover) {
    event.preventDefault();
    const held = mover.closest(".held");
    if (mover.dataset.move === "up") held.previousElementSibling?.before(held);
    else held.nextElementSibling?.after(held);
    mover.focus();
    changed(held.parentElement);
    return;
  }
  const chooser = event.target.closest("[data-choose]");
  if (!chooser) return;
  event.preventDefault();
  const picker = chooser.closest("[data-picker]");
  const answer = await send(chooser.dataset.choose);
  picker.innerHTML = await answer.text();
  const list = picker.closest("fieldset").querySelector("[data-held]");
  const there = new Set([...list.querySelectorAll("input")].map((box) => box.value));
  for (const item of picker.querySelectorAll(".held")) if (there.has(item.querySelector("input").value)) item.remove();
  globalThis.htmx.process(picker);
  (picker.querySelector("input") ?? picker).focus();
});
