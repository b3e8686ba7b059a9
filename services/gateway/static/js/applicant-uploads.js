/* Uploads: a file is a scan of its own as soon as it is chosen; its form waits while it is on its way. */
import { csrf, loggedInAgain, send, toast } from "/static/js/portal.js";

const zh = document.documentElement.lang.startsWith("zh");
const BUSY = new Set([1, 2, 3, 5, 7, 9]); // FilePond: anywhere between chosen and taken; what failed holds up nobody
const TYPES = zh ? "请选择 JPG、PNG、HEIC、TIFF 或 PDF 文件" : "choose a JPG, PNG, HEIC, TIFF or PDF file";
const WAIT = zh ? "文件正在上传，传完即可保存" : "Files are on their way: save once they are there";
const ponds = new Map();
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
    labelFileProcessingError: zh ? "上传失败" : "The upload failed",
    labelFileTypeNotAllowed: zh ? "不支持的文件类型" : "This kind of file is not accepted",
    fileValidateTypeLabelExpectedTypes: TYPES,
    labelMaxFileSize: zh ? "单个文件不超过 {filesize}" : "{filesize} each at most",
    credits: false,
    maxFileSize: "20MB",
    allowMultiple: single === undefined,
    server: { process: (_name, file, _metadata, done, failed, progress, abort) =>
      transfer(upload, file, purpose, { done, failed, progress, abort }) },
    onaddfile: (error, item) => error && explain(item, [error.main, error.sub].filter(Boolean).join(zh ? "，" : ": ")),
    onprocessfile: async (error, item) => {
      if (error) return explain(item, error.body || (zh ? "请重试" : "try again"));
      const address = `${upload}/${item.serverId}?name=${name}${single === undefined ? "" : "&single=1"}`;
      const answer = await send(address).catch(() => null);
      if (!answer?.ok) return explain(item, zh ? "已上传，但暂时无法显示，请刷新本页" : "uploaded, but not to be shown now: reload the page");
      const shown = document.createRange().createContextualFragment(await answer.text());
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
  const told = document.createElement("ul");
  told.className = "upload-faults field-error";
  told.setAttribute("role", "alert");
  pond.element.after(told);
  function explain(item, words) {
    forget(item);
    const line = Object.assign(document.createElement("li"), { textContent: `${item.filename}${zh ? "：" : ": "}${words}` });
    line.dataset.of = item.id;
    told.append(line);
  }
  const forget = (item) => told.querySelector(`[data-of="${item.id}"]`)?.remove();
  pond.on("addfilestart", (item) => {
    if (replaced) item.setMetadata("replaces", replaced);
    replaced = null;
  });
  pond.on("removefile", (_error, item) => forget(item));
  pond.on("processfilestart", forget);
  for (const sign of ["addfilestart", "addfile", "processfilestart", "processfile", "processfileabort", "removefile"]) {
    pond.on(sign, () => setTimeout(() => block(form)));
  }
  if (!ponds.has(form)) {
    ponds.set(form, []);
    form.addEventListener("submit", (event) => {
      if (!isBusy(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      toast(WAIT);
    }, true);
  }
  ponds.get(form).push(pond);
  held.addEventListener("click", (event) => {
    const button = event.target.closest("[data-replace]");
    if (!button) return;
    replaced = button.closest(".held").id;
    addEventListener("focus", () => setTimeout(() => { replaced = null; }, 1000), { once: true });
    pond.browse();
  });
}

/* While a file is on its way its form waits, and says so: what is sent must hold it. */
const isBusy = (form) => ponds.get(form).some((pond) => pond.getFiles().some((item) => BUSY.has(item.status)));

function block(form) {
  const waits = isBusy(form);
  for (const button of form.querySelectorAll(".form-foot button, .section-foot button")) button.disabled = waits;
  for (const foot of form.querySelectorAll(".form-foot, .section-foot")) foot.dataset.waits = waits ? WAIT : "";
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
