// The palette: Ctrl K opens it, arrows walk the answers, Enter goes there, Esc closes.
const palette = document.getElementById("palette");
if (palette) {
  const asked = palette.querySelector("input");
  const answers = () => [...palette.querySelectorAll("[role=option]")];
  const open = (event) => {
    event.preventDefault();
    if (!palette.open) palette.showModal();
    asked.select();
  };
  const choose = (one) => {
    answers().forEach((other) => other.setAttribute("aria-selected", other === one));
    if (one) one.scrollIntoView({ block: "nearest" });
    asked.setAttribute("aria-activedescendant", one ? one.id : "");
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  });
  document.querySelector(".top .find")?.addEventListener("click", open);
  palette.addEventListener("click", (event) => event.target === palette && palette.close());
  palette.addEventListener("htmx:afterSwap", () => {
    choose(answers()[0]);
    asked.setAttribute("aria-expanded", answers().length > 0);
  });
  asked.addEventListener("keydown", (event) => {
    const all = answers();
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter" && all[at]) {
      event.preventDefault();
      all[at].click();
    }
  });
}
