/* Filling the profile: uploads with progress, long lists that can be searched, drafts that save themselves. */
import { csrf, loggedInAgain, saved, send } from "/static/js/portal.js";

const zh = document.documentElement.lang.startsWith("zh");

if (matchMedia("(max-width: 991px)").matches) document.querySelector("[data-sections]")?.removeAttribute("open");

/* ---- Uploads: a file is a scan of its own as soon as it is chosen --------------------------------------------- */

const fields = document.querySelectorAll("input[data-upload]");
if (fields.length) {
  const [{ create, registerPlugin }, type, size, words] = await Promise.all([
    import("/static/vendor/filepond.js"),
    import("/static/vendor/filepond.type.js"),
    import("/static/vendor/filepond.size.js"),
    zh ? import("/static/vendor/filepond.zh.js") : {},
  ]);
  registerPlugin(type.default, size.default);
  for (const field of fields) enhance(field, create, words.default ?? {});
}

function enhance(field, create, words) {
  const { upload, field: name, purpose, single } = field.dataset;
  const held = document.querySelector(`[data-held="${name}"]`);
  const pond = create(field, {
    ...words,
    labelIdle: zh
      ? '拖放扫描件到此处，或 <span class="filepond--label-action">选择文件</span>'
      : 'Drop scans here, or <span class="filepond--label-action">choose files</span>',
    labelFileProcessingError: (error) => error.body || (zh ? "上传失败，请重试" : "The upload failed: try again"),
    credits: false,
    maxFileSize: "20MB",
    allowMultiple: single === undefined,
    server: { process: (_name, file, _metadata, done, failed, progress, abort) =>
      transfer(upload, file, purpose, { done, failed, progress, abort }) },
    onprocessfile: async (error, item) => {
      if (error) return;
      const answer = await send(`${upload}/${item.serverId}?name=${name}`);
      if (single !== undefined) held.replaceChildren();
      held.insertAdjacentHTML("beforeend", await answer.text());
      globalThis.htmx.process(held);
      pond.removeFile(item.id);
      held.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  pond.on("addfilestart", () => block(field, 1));
  pond.on("removefile", () => block(field, -1));
}

/* While a file is on its way its form waits: what is sent must hold it. */
const busy = new Map();
function block(field, by) {
  const form = document.querySelector(`[data-held="${field.dataset.field ?? field.name}"]`)?.closest("form")
    ?? document.querySelector("form[data-guard]");
  const count = Math.max(0, (busy.get(form) ?? 0) + by);
  busy.set(form, count);
  for (const button of form.querySelectorAll(".form-foot button")) button.disabled = count > 0;
}

function transfer(address, file, purpose, { done, failed, progress, abort }) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("csrf_token", csrf());
  form.append("purpose", purpose);
  form.append("file", file, file.name);
  request.open("POST", address);
  request.setRequestHeader("X-CSRF-Token", csrf());
  request.upload.onprogress = (event) => progress(event.lengthComputable, event.loaded, event.total);
  request.onload = async () => {
    if (request.status === 201) return done(request.responseText);
    if (request.status === 401) await loggedInAgain();
    failed(request.responseText);
  };
  request.onerror = () => failed(zh ? "网络中断，请重试" : "The connection was lost: try again");
  request.send(form);
  return { abort: () => { request.abort(); abort(); } };
}

/* ---- Long lists ----------------------------------------------------------------------------------------------- */

for (const select of document.querySelectorAll("select[data-searchable]")) {
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

/* ---- Drafts save themselves 1.2 s after the last key; saving an entry stays a deed of one's own ---------------- */

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const told = form.querySelector("[data-saved-at]");
  let timer = 0;
  let composing = false;
  let saving = null;
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1200); });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault(); // the draft is on its way, and with it the mark that this form must carry
    saving.finally(() => form.requestSubmit(event.submitter));
  });

  function save() {
    if (composing || saving) { timer = setTimeout(save, 600); return; }
    saving = attempt().finally(() => { saving = null; });
  }

  async function attempt() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.append("autosave", "1");
    let answer;
    try { answer = await send(form.action, { method: "POST", body }); } catch { return; }
    if (!answer.ok) { told.textContent = form.dataset.unsaved; return; }
    const said = await answer.json();
    form.elements.etag.value = said.etag;
    if (said.entry_id && form.action.endsWith("/new")) {
      form.action = form.action.replace(/new$/, said.entry_id);
      history.replaceState(null, "", form.action);
    }
    saved(form);
    told.textContent = `${form.dataset.saved} ${new Date().toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false })}`;
  }
}
