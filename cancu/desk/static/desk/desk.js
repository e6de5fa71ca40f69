// A click on a gold word opens its ground beside the paper without leaving it.
document.addEventListener("htmx:beforeRequest", (event) => {
  document.querySelectorAll(".paper .on").forEach((word) => word.classList.remove("on"));
  if (event.target.closest(".paper")) event.target.classList.add("on");
});
document.querySelectorAll("form.chips select").forEach((select) => select.addEventListener("change", () => select.form.requestSubmit()));
