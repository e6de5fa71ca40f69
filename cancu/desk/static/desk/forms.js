// Pickers ask the server for rows that fit; what is typed is kept on this machine until it is written.
const form = document.querySelector("form.entry");
const kept = form && `cancu:${form.dataset.keep}`;

function close(list) {
  list.replaceChildren();
  list.parentElement.querySelector("[role=combobox]").setAttribute("aria-expanded", "false");
}

function choose(offer) {
  const picker = offer.closest("[data-picker]");
  const [key, words] = picker.querySelectorAll("input");
  key.value = offer.dataset.key;
  words.value = offer.dataset.words;
  close(picker.querySelector(".offers"));
  words.focus();
  words.dispatchEvent(new Event("change", { bubbles: true }));
}

let waiting;
function ask(words, after) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const list = words.parentElement.querySelector(".offers");
    const asked = `${form.dataset.offers}${words.dataset.offer}/?${words.name}=${encodeURIComponent(words.value)}`;
    htmx.ajax("GET", asked, { target: list, swap: "innerHTML" }).then(() => words.setAttribute("aria-expanded", "true"));
  }, after);
}
form?.addEventListener("input", (event) => {
  const words = event.target;
  if (!words.dataset.offer) return;
  words.parentElement.querySelector("input[type=hidden]").value = "";
  ask(words, 180);
});
form?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && event.target.dataset.offer && !event.target.parentElement.querySelector(".offer")) ask(event.target, 0);
});
form?.addEventListener("click", (event) => {
  if (event.target.dataset.offer && !event.target.value) ask(event.target, 0);
});
form?.addEventListener("click", (event) => {
  const offer = event.target.closest(".offer");
  if (offer) choose(offer);
});
form?.addEventListener("htmx:configRequest", (event) => {
  const adds = event.target.dataset.adds;
  if (adds) event.detail.parameters.name = adds;
});
form?.addEventListener("htmx:afterSwap", (event) => {
  const chosen = event.detail.target.querySelector?.("[data-chosen]");
  if (chosen) choose(chosen);
});
// A picker counts as left when focus goes out of the whole of it: moving into its list is no change yet.
form?.addEventListener("change", (event) => {
  if (event.isTrusted && event.target.dataset.offer) event.stopPropagation();
}, true);
form?.addEventListener("focusout", (event) => {
  const picker = event.target.closest("[data-picker]");
  if (!picker || !event.relatedTarget || picker.contains(event.relatedTarget)) return;
  const [key, words] = picker.querySelectorAll("input");
  if (words.value && !key.value) words.dispatchEvent(new Event("change", { bubbles: true }));
});
form?.addEventListener("keydown", (event) => {
  const picker = event.target.closest("[data-picker]");
  const list = picker?.querySelector(".offers");
  if (!list?.childElementCount) return;
  const offers = [...list.querySelectorAll(".offer")];
  const at = offers.indexOf(document.activeElement);
  if (event.key === "ArrowDown") offers[Math.min(at + 1, offers.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (offers[at - 1] ?? picker.querySelector("[role=combobox]")).focus();
  else if (event.key === "Escape") close(list);
  else if (event.key === "Enter" && at < 0 && offers.length === 1) choose(offers[0]);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  document.querySelectorAll(".offers").forEach((list) => {
    if (!list.contains(event.target) && list.childElementCount) close(list);
  });
});

// Kept drafts: only an empty form takes them back, so that nothing stored is overwritten unseen.
function values() {
  return [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "mark");
}
if (form && !form.querySelector(".say.error, .say.warn")) {
  const before = JSON.parse(sessionStorage.getItem(kept) ?? "null");
  if (before && form.dataset.keep.endsWith("/moi/")) {
    for (const [name, value] of before) {
      const input = form.elements[name];
      if (input && "value" in input && !input.value) input.value = value;
    }
  }
}
form?.addEventListener("input", () => sessionStorage.setItem(kept, JSON.stringify(values())));
form?.addEventListener("submit", () => sessionStorage.removeItem(kept));

// One row more: the empty row of the server with the next number.
document.querySelectorAll("[data-add-line]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const prefix = button.dataset.addLine, total = form.elements[`${prefix}-TOTAL_FORMS`];
    const rows = form.querySelector(`[data-lines="${prefix}"] tbody`);
    rows.insertAdjacentHTML("beforeend", form.querySelector(`[data-line="${prefix}"]`).innerHTML.replaceAll("__prefix__", total.value));
    total.value = Number(total.value) + 1;
    rows.lastElementChild.querySelector("input:not([type=hidden]),select,textarea")?.focus();
  });
});
