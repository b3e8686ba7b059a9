/* What every page does: the menu, the session's end, unsaved changes, and messages in passing. */

const body = document.body;
document.documentElement.classList.add("js");

/* The token that forms and scripts carry. It changes when somebody logs in again in another tab. */
export const csrf = () => body.dataset.csrf ?? "";

export async function renew() {
  const answer = await fetch("/session", { headers: { Accept: "application/json" } });
  const { known, csrf: token, expires_at: end } = await answer.json();
  if (!known) return false;
  body.dataset.csrf = token;
  body.dataset.expires = end;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
  return true;
}

/* A request of a script: carries the token; where the session is over it waits for a new login, and goes again.
   Where somebody has logged in beside this page already, the token is another one: it is fetched, and sent anew. */
export async function send(address, options = {}) {
  const token = csrf();
  const answer = await once(address, options);
  if (answer.status === 403 && (await renew()) && csrf() !== token) return once(address, options);
  if (answer.status !== 401) return answer;
  await loggedInAgain();
  return once(address, options);
}

const once = (address, options) =>
  fetch(address, { ...options, headers: { ...options.headers, "X-CSRF-Token": csrf() } }).then(heard);

/* Whatever was answered has kept the session alive. */
export const heard = (answer) => {
  lastAsked = Date.now();
  return answer;
};

export function toast(words) {
  const note = document.createElement("div");
  note.textContent = words;
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 6000);
}

/* ---- The session's end: words are kept, the login is done beside the page ------------------------------------ */

const over = document.getElementById("session-over");
let waiting = null;

export function loggedInAgain() {
  if (!over) return Promise.reject(new Error("nobody was logged in"));
  if (!over.open) over.showModal();
  waiting ??= new Promise((resolve) => {
    const look = async () => {
      if (!(await renew())) return;
      over.close();
      removeEventListener("focus", look);
      waiting = null;
      resolve();
    };
    over.querySelector("[data-close]").onclick = look;
    addEventListener("focus", look);
  });
  return waiting;
}

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (request.method !== "GET") request.headers["X-CSRF-Token"] = csrf();
});
document.addEventListener("htmx:after:request", (event) => {
  lastAsked = Date.now();
  if (event.detail.ctx.response?.status === 401) loggedInAgain();
});

const IDLE = 25 * 60 * 1000;
let lastAsked = Date.now();
const ends = document.getElementById("session-ends");
if (ends) {
  setInterval(() => {
    if (Date.now() - lastAsked > IDLE && !ends.open && !over.open) ends.showModal();
  }, 15000);
  ends.querySelector("[data-stay]").addEventListener("click", async () => {
    ends.close();
    lastAsked = Date.now();
    if (!(await renew())) await loggedInAgain();
  });
}

/* ---- Unsaved changes ----------------------------------------------------------------------------------------- */

const changed = new Set();
export const saved = (form) => changed.delete(form);
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

/* A form is sent once, however often its button is pressed; the button shows that it is on its way. */
const SENT_FOR = 10000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if ("sent" in form.dataset) return event.preventDefault();
  form.dataset.sent = "";
  event.submitter?.classList.add("on-its-way");
  setTimeout(() => comeBack(form), SENT_FOR);
});
const comeBack = (form) => {
  delete form.dataset.sent;
  for (const button of document.querySelectorAll(".on-its-way")) button.classList.remove("on-its-way");
};
addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form[data-sent]").forEach(comeBack));

/* Ctrl+S saves the form that the cursor is in; never while an input method composes. */
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || !(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  const form = document.activeElement?.closest("form[data-guard]");
  event.preventDefault();
  form?.requestSubmit();
});

/* ---- Small manners ------------------------------------------------------------------------------------------- */

const badge = document.querySelector('[data-badge="messages"]');
if (badge) {
  fetch("/api/v1/messages?limit=1").then(async (answer) => {
    const { unread } = answer.ok ? await answer.json() : { unread: 0 };
    badge.textContent = unread > 99 ? "99+" : unread;
    badge.hidden = !unread;
  }).catch(() => {});
}
if (matchMedia("(max-width: 767px)").matches) document.querySelector("[data-menu]")?.removeAttribute("open");
document.getElementById("errors")?.focus();
document.addEventListener("click", (event) => {
  const words = event.target.closest("[data-confirm]")?.dataset.confirm;
  if (words && !confirm(words)) event.preventDefault();
});
