/* What the desk's scripts share: its parts, and its words. */

export const desk = () => document.getElementById("desk");
export const form = () => document.getElementById("decide");
export const words = (name, values = {}) =>
  desk().dataset[name].replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
export const colon = document.documentElement.lang.startsWith("zh") ? "：" : ": ";
export const lineOf = (id) => document.querySelector(`.qi[data-id="${id}"]`);

/* On a small screen one part is seen at a time. */
export const isSmall = () => matchMedia("(max-width: 1099px)").matches;
export function showPane(name) {
  desk().dataset.pane = name;
  for (const tab of desk().querySelectorAll(".pane-tabs [data-pane]")) {
    tab.setAttribute("aria-selected", String(tab.dataset.pane === name));
  }
}
