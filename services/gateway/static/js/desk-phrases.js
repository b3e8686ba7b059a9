/* A phrase of the office goes into the comment. */

document.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-phrase]")?.dataset.phrase;
  if (!phrase) return;
  const box = document.getElementById("comment");
  box.value = box.value.trim() ? `${box.value.trim()}\n${phrase}` : phrase;
  box.focus();
});
