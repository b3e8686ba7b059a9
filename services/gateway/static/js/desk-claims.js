/* Who has the case open: said to colleagues, and asked of them. It never blocks a decision. */

import { csrf, heard } from "./portal.js";
import { desk, words } from "./desk-parts.js";

const RENEW = 5 * 60 * 1000;
const place = (id) => `/api/v1/review/cases/${id}/claim`;
const call = (id, method, more = "") =>
  fetch(place(id) + more, { method, headers: { "X-CSRF-Token": csrf() }, keepalive: true }).then(heard, () => null);

export async function claim(more = "") {
  const { case: id, mine } = desk().dataset;
  if (mine !== "true") return;
  const answer = await call(id, "PUT", more);
  if (!answer?.ok || desk().dataset.case !== id) return;
  const held = await answer.json();
  const note = document.getElementById("colleague");
  note.hidden = held.mine;
  if (!held.mine) note.querySelector("span").textContent = words("wordsOpen", { name: held.claimed_by.name });
}

export function release() {
  if (desk().dataset.mine === "true") call(desk().dataset.case, "DELETE");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-take]")) claim("?take=true");
});
addEventListener("pagehide", release);

/* Renewed while somebody is there: a desk that was left alone lets its session end. */
let seenAt = Date.now();
for (const sign of ["keydown", "pointerdown", "pointermove", "wheel"]) {
  addEventListener(sign, () => (seenAt = Date.now()), { passive: true });
}
setInterval(() => Date.now() - seenAt < 2 * RENEW && claim(), RENEW);
