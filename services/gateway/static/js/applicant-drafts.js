/* Drafts save themselves 1.2 s after the last key; saving an entry stays a deed of one's own.

   A unit is a form, or one of several that share the form of a page: then its inputs stand under a prefix. */
import { saved, send } from "/static/js/portal.js";

const DELAY = 1200;
const AGAIN = 600;
const units = new Map();
const forms = new Set();

export function watch(unit) {
  const state = { unit, timer: 0, composing: false, saving: null, isDirty: false };
  units.set(unit, state);
  unit.addEventListener("compositionstart", () => { state.composing = true; });
  unit.addEventListener("compositionend", () => { state.composing = false; });
  unit.addEventListener("input", () => {
    state.isDirty = true;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(state), DELAY);
  });
  const form = unit.closest("form");
  if (forms.has(form)) return;
  forms.add(form);
  form.addEventListener("submit", (event) => {
    const own = [...units.values()].filter((one) => form.contains(one.unit));
    for (const one of own) clearTimeout(one.timer);
    const under = own.map((one) => one.saving).filter(Boolean);
    if (!under.length) return;
    event.preventDefault(); // a draft is on its way, and with it the mark that this form must carry
    Promise.allSettled(under).then(() => form.requestSubmit(event.submitter));
  });
}

function save(state) {
  if (!state.unit.isConnected) return;
  if (state.composing || state.saving) { state.timer = setTimeout(() => save(state), AGAIN); return; }
  state.saving = attempt(state).finally(() => { state.saving = null; });
}

async function attempt(state) {
  const { unit } = state;
  const form = unit.closest("form");
  const { prefix } = unit.dataset;
  const told = unit.querySelector("[data-saved-at]");
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    if (name === "csrf_token") body.append(name, value);
    else if (name.startsWith(prefix)) body.append(name.slice(prefix.length), value);
  }
  body.append("autosave", "1");
  state.isDirty = false;
  let answer;
  try { answer = await send(unit.dataset.action ?? form.action, { method: "POST", body }); } catch {
    state.isDirty = true;
    return;
  }
  if (!answer.ok) {
    state.isDirty = true;
    told.textContent = answer.status === 412 ? unit.dataset.stale : unit.dataset.unsaved;
    return;
  }
  const said = await answer.json();
  form.elements.namedItem(`${prefix}etag`).value = said.etag;
  if (said.entry_id) settle(unit, form, said.entry_id);
  if (![...units.values()].some((one) => one.isDirty && form.contains(one.unit))) saved(form);
  const at = new Date().toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
  told.textContent = `${unit.dataset.saved} ${at}`;
}

/* A new entry has its id from now on: what is saved next is this very entry. */
function settle(unit, form, id) {
  if (unit === form) {
    if (!form.action.endsWith("/new")) return;
    form.action = form.action.replace(/new$/, id);
    history.replaceState(null, "", form.action);
    return;
  }
  const { prefix, action } = unit.dataset;
  if (!action.endsWith("/new")) return;
  const now = prefix.replace(/new--$/, `${id}--`);
  unit.dataset.action = action.replace(/new$/, id);
  unit.dataset.prefix = now;
  unit.id = `part-${now.slice(0, -2)}`;
  for (const one of unit.querySelectorAll("*")) {
    for (const { name, value } of [...one.attributes]) {
      if (value.includes(prefix)) one.setAttribute(name, value.replaceAll(prefix, now));
      else if (value === prefix.slice(0, -2)) one.setAttribute(name, now.slice(0, -2));
    }
  }
}
