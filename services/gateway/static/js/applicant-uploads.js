/* Uploads: a file is a scan of its own as soon as it is chosen; its form waits while it is on its way. */
import { csrf, loggedInAgain, send } from "/static/js/portal.js";

const zh = document.documentElement.lang.startsWith("zh");
const busy = new Map();
let loaded = null;

export async function uploads(fields) {
  if (!fields.length) return;
  loaded ??= load();
  const { create, words } = await loaded;
  for (const field of fields) if (field.isConnected) enhance(field, create, words);
}

async function load() {
  const [{ create, registerPlugin }, type, size, words] = await Promise.all([
    import("/static/vendor/filepond.js"),
    import("/static/vendor/filepond.type.js"),
    import("/static/vendor/filepond.size.js"),
    zh ? import("/static/vendor/filepond.zh.js") : {},
  ]);
  registerPlugin(type.default, size.default);
  return { create, words: words.default ?? {} };
}

function enhance(field, create, words) {
  const { upload, field: name, purpose, single } = field.dataset;
  const held = document.querySelector(`[data-held="${name}"]`);
  const form = held.closest("form");
  let replaced = null; // the scan whose place the next file takes
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
      const address = `${upload}/${item.serverId}?name=${name}${single === undefined ? "" : "&single=1"}`;
      const shown = document.createRange().createContextualFragment(await (await send(address)).text());
      const place = item.getMetadata("replaces");
      const old = place && document.getElementById(place);
      if (single !== undefined) held.replaceChildren(shown);
      else if (old) old.replaceWith(shown);
      else held.append(shown);
      globalThis.htmx.process(held);
      pond.removeFile(item.id);
      held.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  pond.on("addfilestart", (item) => {
    if (replaced) item.setMetadata("replaces", replaced);
    replaced = null;
    block(form, 1);
  });
  pond.on("removefile", () => block(form, -1));
  held.addEventListener("click", (event) => {
    const button = event.target.closest("[data-replace]");
    if (!button) return;
    replaced = button.closest(".held").id;
    addEventListener("focus", () => setTimeout(() => { replaced = null; }, 1000), { once: true });
    pond.browse();
  });
}

/* While a file is on its way its form waits: what is sent must hold it. */
function block(form, by) {
  const count = Math.max(0, (busy.get(form) ?? 0) + by);
  busy.set(form, count);
  for (const button of form.querySelectorAll(".form-foot button, .section-foot button")) button.disabled = count > 0;
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
