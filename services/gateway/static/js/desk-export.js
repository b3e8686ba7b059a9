/* How far a spreadsheet has come; once it is written the page shows it, and the file is fetched. */

const place = document.getElementById("export");
const look = async () => {
  const answer = await fetch(place.dataset.job).catch(() => null);
  if (answer?.status === 401 || answer?.status === 404) return location.reload();
  const job = answer?.ok ? await answer.json() : null;
  if (!job) return setTimeout(look, 3000);
  if (["done", "failed", "cancelled"].includes(job.state)) return location.replace(`${location.pathname}?fetch=now`);
  document.getElementById("export-done").value = job.done;
  document.getElementById("export-count").textContent = job.done;
  return setTimeout(look, 1000);
};
if (place.dataset.job) setTimeout(look, 1000);
else if (location.search === "?fetch=now") {
  history.replaceState({}, "", location.pathname);
  document.getElementById("export-file")?.click();
}
