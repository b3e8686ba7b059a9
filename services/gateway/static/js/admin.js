/* Administration in passing: the menu folds on small screens, Markdown is shown as it is typed. All works without. */
import { send } from "./portal.js";

if (matchMedia("(max-width: 991px)").matches) document.querySelector("[data-desk-menu]")?.removeAttribute("open");

const preview = document.querySelector("[data-preview]");
if (preview) {
  const text = document.getElementById("body");
  const shown = preview.querySelector("[data-preview-shown]");
  let timer = 0;
  const draw = async () => {
    const asked = text.value;
    preview.hidden = !asked.trim();
    if (preview.hidden) return;
    const answer = await send(preview.dataset.preview, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ body: asked }),
    });
    if (answer.ok && asked === text.value) shown.innerHTML = (await answer.json()).html;
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, 600);
  });
  draw();
}

/* What can be fetched once: afterwards the page says so. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-once]")) setTimeout(() => location.reload(), 2500);
});
