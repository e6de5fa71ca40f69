// The list by keyboard: j k move, Enter opens, o looks beside, x marks, / searches, n enters a new record.
const rows = [...document.querySelectorAll(".rows tbody tr")];
let here = -1;

function go(to) {
  rows[here]?.classList.remove("here");
  here = Math.max(0, Math.min(rows.length - 1, to));
  rows[here]?.classList.add("here");
  rows[here]?.querySelector("a.open").focus();
}

function beside(row) {
  const link = row?.querySelector("a.open");
  if (link) htmx.ajax("GET", link.dataset.panel, { target: "#panel", swap: "innerHTML" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  const acts = {
    j: () => go(here + 1),
    k: () => go(here - 1),
    o: () => beside(rows[here]),
    x: () => rows[here]?.querySelector("input[name=row]")?.click(),
    "/": () => document.querySelector("form.chips input[name=q]").focus(),
    n: () => document.querySelector("a.btn.pri[href$='/moi/']")?.click(),
    Escape: () => document.querySelector("#panel").replaceChildren(),
  };
  if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});
document.querySelector("[data-all]")?.addEventListener("change", (event) => {
  document.querySelectorAll("input[name=row]").forEach((box) => (box.checked = event.target.checked));
});
document.querySelector(".rows tbody")?.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  if (row && !event.target.closest("a, input, label") && matchMedia("(min-width: 1081px)").matches) {
    go(rows.indexOf(row));
    beside(row);
  }
});
