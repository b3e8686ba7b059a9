/* The way in: captchas anew, passwords shown and weighed, passkeys, locks counted down; printing. All works without. */
import { send } from "./portal.js";

/* ---- A captcha anew, where one stands ------------------------------------------------------------------------- */

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-captcha]");
  if (!button) return;
  event.preventDefault();
  const block = button.closest(".captcha-block");
  const answer = await fetch("/captchas/new");
  if (!answer.ok) return button.form.requestSubmit(button);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".captcha-block");
  block.querySelector("img").src = fresh.querySelector("img").src;
  block.querySelector("audio").src = fresh.querySelector("audio").src;
  block.querySelector('[name="captcha_id"]').value = fresh.querySelector('[name="captcha_id"]').value;
  const text = document.getElementById("captcha_text");
  text.value = "";
  text.focus();
});

/* ---- Passwords: shown on demand, and weighed in words ---------------------------------------------------------- */

const words = document.querySelector("[data-password-words]")?.dataset.passwordWords.split("|");
for (const field of words ? document.querySelectorAll('main input[type="password"]') : []) {
  const frame = document.createElement("div");
  frame.className = "password-frame";
  field.before(frame);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn password-show";
  button.textContent = words[0];
  button.setAttribute("aria-controls", field.id);
  const label = document.querySelector(`label[for="${field.id}"]`)?.textContent ?? "";
  button.setAttribute("aria-label", `${words[0]}${label}`);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? words[0] : words[1];
    button.setAttribute("aria-label", `${button.textContent}${label}`);
  });
  frame.append(field, button);
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}

/* A hint only, by length and variety: the server judges with a dictionary. From 0 (too short) to 4. */
export function strength(password, known) {
  const text = password.toLowerCase();
  if (password.length < 8) return 0;
  const runs = /(.)\1{2}|0123|1234|2345|3456|4567|5678|6789|abcd|qwer|asdf|zxcv|password|admin|juxian/.test(text);
  const named = known.some((word) => word.length > 2 && text.includes(word.toLowerCase()));
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  const points = new Set(password).size + 2 * kinds + (password.length > 15 ? 4 : 0) - (runs ? 6 : 0) - (named ? 8 : 0);
  return points < 11 ? 1 : points < 14 ? 2 : points < 18 ? 3 : 4;
}

for (const meter of document.querySelectorAll("[data-strength-of]")) {
  const field = document.getElementById(meter.dataset.strengthOf);
  const says = meter.dataset.words.split("|");
  field.addEventListener("input", () => {
    const known = ["username", "name", "email"].map((id) => document.getElementById(id)?.value ?? "");
    const score = strength(field.value, known.flatMap((word) => word.split(/[@._-]/)));
    meter.hidden = !field.value;
    meter.dataset.score = score;
    meter.textContent = meter.dataset.title + says[score];
  });
}

/* ---- Passkeys: the browser's own functions, nothing else -------------------------------------------------------- */

const asJson = { "Content-Type": "application/json" };
const has = () => window.PublicKeyCredential?.parseCreationOptionsFromJSON !== undefined;

async function challenge(address, body) {
  const answer = await send(address, { method: "POST", ...(body && { headers: asJson, body: JSON.stringify(body) }) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.errors?.[0]?.message ?? content.detail);
  return content;
}

function passkeyForm(form, ask) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("[data-told]");
    told.hidden = true;
    try {
      if (!has()) throw new Error(form.dataset.failed);
      const { challenge_id: id, credential } = await ask();
      form.elements.challenge_id.value = id;
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      told.textContent = error instanceof DOMException ? form.dataset.failed : error.message;
      told.hidden = false;
    }
  });
}

const adding = document.querySelector("[data-passkey-add]");
if (adding) {
  passkeyForm(adding, async () => {
    const secret = adding.querySelector("[data-secret]").value;
    const asked = await challenge("/api/v1/me/passkeys/challenges", { current_password: secret });
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.options);
    const made = await navigator.credentials.create({ publicKey });
    return { challenge_id: asked.challenge_id, credential: made.toJSON() };
  });
}

const entering = document.querySelector("[data-passkey-login]");
if (entering) {
  passkeyForm(entering, async () => {
    const asked = await challenge("/api/v1/sessions/passkey/challenges");
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.options);
    const shown = await navigator.credentials.get({ publicKey });
    return { challenge_id: asked.challenge_id, credential: shown.toJSON() };
  });
}

/* ---- Small manners ---------------------------------------------------------------------------------------------- */

for (const clock of document.querySelectorAll("[data-countdown]")) {
  const end = Date.now() + Number(clock.dataset.countdown) * 1000;
  const parts = clock.textContent.split(/\d+/);
  const tick = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    const [minutes, seconds] = [Math.floor(left / 60), left % 60];
    clock.textContent = parts.length > 2 ? parts[0] + minutes + parts[1] + seconds + parts[2] : parts[0] + left + parts[1];
    if (!left) clearInterval(tick);
  }, 1000);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

