// A click on a gold word opens its ground beside the paper without leaving it.
document.addEventListener("htmx:beforeRequest", (event) => {
  document.querySelectorAll(".paper .on").forEach((word) => word.classList.remove("on"));
  if (event.target.closest(".paper")) event.target.classList.add("on");
});
document.querySelectorAll("form.chips select").forEach((select) => select.addEventListener("change", () => select.form.requestSubmit()));

// On a phone the menu is one line: the page we are on is brought into view.
document.addEventListener("DOMContentLoaded", () => {
  const nav = document.querySelector(".nav"), here = nav?.querySelector("[aria-current=page]") || nav?.querySelector("[aria-current]");
  if (here && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = here.offsetLeft - nav.clientWidth / 2 + here.offsetWidth / 2;
});
