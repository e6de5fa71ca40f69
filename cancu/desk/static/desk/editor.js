// Writing a section: Markdown in a plain-text pad in which every live node is one chip. What is stored is read back
// letter by letter: text as typed, a chip as the very link it was made from.
const NODE = /\[([^\[\]\n]{0,2000})\]\(<?((?:figure|document|record|chart):[^()\[\]\s<>]{1,400})>?\)/g;

function chip(source) {
  const [, words, reference] = [...source.matchAll(NODE)][0];
  const made = document.createElement("span");
  made.className = "chip";
  made.contentEditable = "false";
  made.textContent = words || "…";
  Object.assign(made.dataset, { source, words, reference });
  made.title = reference;
  return made;
}

function pieces(text) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(NODE)) {
    if (found.index > at) out.append(text.slice(at, found.index));
    out.append(chip(found[0]));
    at = found.index + found[0].length;
  }
  if (at < text.length) out.append(text.slice(at));
  return out;
}

// The Markdown of a pad. A last <br> is only where the browser rests its caret.
function markdown(pad) {
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.dataset?.source) return node.dataset.source;
    if (node.tagName === "BR") return node === pad.lastChild ? "" : "\n";
    const inside = [...node.childNodes].map(read).join("");
    return node.tagName === "DIV" && node.previousSibling ? "\n" + inside : inside;
  };
  return [...pad.childNodes].map(read).join("");
}

class Editor {
  constructor(form) {
    this.form = form;
    this.area = form.querySelector("textarea");
    this.offers = form.querySelector(".offers");
    this.bar = form.querySelector(".chipbar");
    this.note = form.querySelector(".kept");
    this.start = this.area.value;
    this.past = [this.start];
    this.makePad();
    this.offerUnsaved();
    this.listen();
    form.querySelectorAll("[data-markdown]").forEach((one) => one.replaceChildren(pieces(one.textContent)));
    const asked = form.querySelector(".crossings, .say.error");
    if (asked) asked.scrollIntoView({ block: "center" });
    else this.pad.focus({ preventScroll: true });
  }

  makePad() {
    this.pad = document.createElement("div");
    this.pad.className = "pad";
    this.pad.contentEditable = "true";
    try { this.pad.contentEditable = "plaintext-only"; } catch { /* an older browser: pasting is made plain below */ }
    const given = { role: "textbox", "aria-multiline": "true", "aria-label": this.form.querySelector("label.sr").textContent, "aria-controls": this.offers.id, spellcheck: "false", lang: "vi" };
    Object.entries(given).forEach(([name, value]) => this.pad.setAttribute(name, value));
    this.area.hidden = true;
    this.area.before(this.pad);
    this.fill(this.start);
  }

  fill(text) {
    this.pad.replaceChildren(pieces(text), document.createElement("br"));
    this.area.value = text;
  }

  listen() {
    this.pad.addEventListener("input", () => this.changed());
    this.pad.addEventListener("keydown", (event) => this.key(event));
    this.pad.addEventListener("copy", (event) => this.copy(event));
    this.pad.addEventListener("cut", (event) => this.copy(event));
    this.pad.addEventListener("paste", (event) => this.paste(event));
    this.pad.addEventListener("click", (event) => this.choose(event.target.closest(".chip")));
    this.offers.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const one = event.target.closest("[role=option]");
      if (one) this.insert(one);
    });
    this.bar.addEventListener("change", () => this.respeak());
    this.form.addEventListener("click", (event) => this.act(event.target.dataset.act, event));
    this.form.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    for (const name of ["htmx:sendError", "htmx:responseError"]) this.form.addEventListener(name, () => this.say("failed"));
  }

  changed() {
    if (this.pad.lastChild?.nodeName !== "BR") this.pad.append(document.createElement("br"));
    const text = markdown(this.pad);
    this.area.value = text;
    if (text !== this.past.at(-1)) this.past.push(text);
    if (this.past.length > 200) this.past.shift();
    this.keep(text);
    this.ask();
  }

  // Unsaved words stay in this browser until the server has them.
  get place() { return `cancu-muc-${this.form.dataset.kept}`; }

  keep(text) {
    try {
      localStorage.setItem(this.place, JSON.stringify({ text, version: this.form.dataset.version, at: Date.now() }));
      this.say("kept");
    } catch { /* no room or not allowed: the page itself still holds the words */ }
  }

  say(what) {
    const words = { kept: "Đã giữ bản nháp trên máy này", failed: "Chưa lưu được, có thể mất kết nối. Chữ vẫn giữ trên máy này; hãy lưu lại khi có mạng." };
    this.note.textContent = words[what];
  }

  offerUnsaved() {
    this.unsaved = JSON.parse(localStorage.getItem(this.place) || "null");
    if (!this.unsaved || this.unsaved.text === this.start) return;
    const bar = this.form.querySelector(".restore");
    bar.querySelector("span").textContent = `Có bản chưa lưu lúc ${new Date(this.unsaved.at).toLocaleString("vi")}.`;
    bar.hidden = false;
  }

  act(what, event) {
    if (what === "restore") {
      this.fill(this.unsaved.text);
      this.form.elements.version.value = this.form.dataset.version = this.unsaved.version;
      this.form.querySelector(".restore").hidden = true;
      this.changed();
      this.pad.focus();
    } else if (what === "forget") {
      localStorage.removeItem(this.place);
      this.form.querySelector(".restore").hidden = true;
    } else if (what === "ground") htmx.ajax("GET", `${this.form.dataset.ground}?ref=${encodeURIComponent(this.chosen.dataset.reference)}`, "#ground");
    else if (what === "plain") this.replace(document.createTextNode(this.chosen.dataset.words));
    else if (what === "remove") this.replace(document.createTextNode(""));
    else if (what === "leave" && this.area.value === this.start) localStorage.removeItem(this.place);
  }

  // Chips.
  choose(one) {
    this.pad.querySelectorAll(".chip.on").forEach((other) => other.classList.remove("on"));
    this.chosen = one;
    this.bar.hidden = !one;
    if (!one) return;
    one.classList.add("on");
    const [target, options] = one.dataset.reference.split("?");
    const given = new URLSearchParams(options || "");
    this.bar.querySelectorAll("label").forEach((label) => { label.hidden = !target.startsWith("figure:"); });
    this.bar.querySelector("[name=_say]").value = given.get("say") || "";
    this.bar.querySelector("[name=_window]").value = given.get("window") || "";
    this.bar.querySelector("b").textContent = one.dataset.words;
    this.bar.querySelector("span").textContent = target;
  }

  async respeak() {
    const one = this.chosen;
    const [target, options] = one.dataset.reference.split("?");
    const given = new URLSearchParams(options || "");
    for (const name of ["say", "window"]) {
      const value = this.bar.querySelector(`[name=_${name}]`).value;
      if (value) given.set(name, value);
      else given.delete(name);
    }
    const reference = given.size ? `${target}?${given}` : target;
    const answer = await fetch(`${this.form.dataset.words}?${new URLSearchParams({ ref: reference, chu: one.dataset.words })}`);
    const said = await answer.json();
    this.replace(chip(`[${said.words}](${reference})`));
    this.bar.querySelector("span").textContent = [said.label, ...said.problems].join(" · ");
  }

  replace(node) {
    this.chosen.replaceWith(node);
    this.changed();
    this.choose(node.dataset ? node : null);
  }

  // A chip beside the caret, for the keyboard.
  beside() {
    const { anchorNode: node, anchorOffset: at } = getSelection();
    const [before, after] = node === this.pad ? [node.childNodes[at - 1], node.childNodes[at]] : [at === 0 && node.previousSibling, at === node.length && node.nextSibling];
    return [before, after].find((one) => one && one.dataset?.source);
  }

  copy(event) {
    const range = getSelection().getRangeAt(0);
    const held = document.createElement("div");
    held.append(range.cloneContents(), "");
    event.clipboardData.setData("text/plain", markdown(held));
    event.preventDefault();
    if (event.type === "cut") {
      range.deleteContents();
      this.changed();
    }
  }

  paste(event) {
    event.preventDefault();
    this.put(pieces(event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n")));
  }

  put(what, range = getSelection().getRangeAt(0)) {
    range.deleteContents();
    const last = what.lastChild || what;
    range.insertNode(what);
    range.setStartAfter(last);
    range.collapse(true);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    this.changed();
  }

  // “/” or “[[” and some words: what may be inserted here.
  typed() {
    const { anchorNode: node, anchorOffset: at, isCollapsed } = getSelection();
    if (!isCollapsed || node?.nodeType !== Node.TEXT_NODE || !this.pad.contains(node)) return null;
    const found = /(?:\[\[|(?<=^|\s)\/)([^\n\[\]/]{0,60})$/.exec(node.data.slice(0, at));
    if (!found) return null;
    const range = document.createRange();
    range.setStart(node, found.index);
    range.setEnd(node, at);
    return { range, words: found[1] };
  }

  async ask() {
    const typed = this.typed();
    this.asking?.abort();
    if (!typed) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.form.dataset.insert}?q=${encodeURIComponent(typed.words)}`, { signal: this.asking.signal });
      this.offers.innerHTML = await answer.text();
    } catch { return; }
    this.offers.hidden = false;
    const at = typed.range.getBoundingClientRect();
    const bed = this.form.closest(".part").getBoundingClientRect();
    this.offers.style.top = `${at.bottom - bed.top + 6}px`;
    this.offers.style.left = `${Math.max(0, Math.min(at.left - bed.left, bed.width - this.offers.offsetWidth))}px`;
    this.mark(this.options[0]);
  }

  get options() { return [...this.offers.querySelectorAll("[role=option]")]; }

  mark(one) {
    this.options.forEach((other) => other.setAttribute("aria-selected", other === one));
    one?.scrollIntoView({ block: "nearest" });
    this.pad.setAttribute("aria-activedescendant", one ? one.id : "");
  }

  close() {
    this.offers.hidden = true;
    this.pad.removeAttribute("aria-activedescendant");
  }

  insert(one) {
    const typed = this.typed();
    if (!typed) return;
    const made = document.createDocumentFragment();
    made.append(chip(one.dataset.source));
    this.close();
    this.put(made, typed.range);
  }

  key(event) {
    const all = this.offers.hidden ? [] : this.options;
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    else if (all[at] && (event.key === "Enter" || event.key === "Tab")) this.insert(all[at]);
    else if (!this.offers.hidden && event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.isComposing) this.put(document.createTextNode("\n"));
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") this.undo();
    else if (event.key === "F2" && this.beside()) {
      this.choose(this.beside());
      this.bar.querySelector("label:not([hidden]) select, button").focus();
    } else return;
    event.preventDefault();
  }

  undo() {
    if (this.past.length < 2) return;
    this.past.pop();
    this.fill(this.past.at(-1));
    this.keep(this.area.value);
    getSelection().selectAllChildren(this.pad);
    getSelection().collapseToEnd();
  }
}

const begin = (root) => root.querySelectorAll?.("form.editor:not([data-begun])").forEach((form) => {
  form.dataset.begun = "1";
  new Editor(form);
});
document.addEventListener("DOMContentLoaded", () => begin(document));
document.addEventListener("htmx:load", (event) => begin(event.target.parentElement || document));
// A saved section came back as paper: its unsaved words are saved now, and the findings are asked again.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.requestConfig?.elt; // the form itself has left the page by now
  if (!form?.matches?.("form.editor") || !event.detail.successful || /class="editor"/.test(event.detail.xhr.responseText)) return;
  localStorage.removeItem(`cancu-muc-${form.dataset.kept}`);
  document.body.dispatchEvent(new Event("section-saved"));
});
// The findings say which figures stand on rows that moved: they turn red on the paper.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "findings") return;
  const moved = new Set([...event.target.querySelectorAll("[data-moved]")].map((one) => one.dataset.moved));
  document.querySelectorAll(".paper a.fig").forEach((one) => one.classList.toggle("drift", moved.has(new URL(one.href).searchParams.get("ref"))));
  const badge = document.getElementById("moved");
  badge.hidden = moved.size === 0;
  badge.querySelector("b").textContent = moved.size;
});
