// Files dropped on the frame are sent at once. On the form Enter accepts one value and goes to the next, Ctrl+Enter
// accepts all and registers; the place of the value in hand is lit in the text.
const drop = document.getElementById("drop");
if (drop) {
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.toggle("over", name === "dragover"); });
  }
  drop.addEventListener("drop", (event) => { drop.querySelector("input[type=file]").files = event.dataTransfer.files; drop.requestSubmit(); });
}
const form = document.getElementById("register");
if (form) {
  const fields = [...form.querySelectorAll(".f")].map((row) => ({ row, input: row.querySelector("input,select,textarea") }));
  const first = new Map(fields.map(({ input }) => [input, input.value]));
  const accept = ({ row, input }) => {
    const same = input.value === first.get(input);
    row.classList.toggle("done", same && input.value !== "");
    row.classList.toggle("altered", !same);
  };
  const light = (name) => {
    document.querySelectorAll(".plain mark.here").forEach((mark) => mark.classList.remove("here"));
    const mark = document.getElementById("o-" + name);
    if (!mark) return;
    mark.classList.add("here");
    const box = mark.closest(".words");
    box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };
  fields.forEach((field, at) => {
    field.input.addEventListener("focus", () => light(field.row.dataset.name));
    field.input.addEventListener("change", () => accept(field));
    field.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      accept(field);
      (fields[at + 1]?.input ?? form.querySelector(".foot button")).focus();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      fields.forEach(accept);
      form.requestSubmit();
    }
  });
  fields[0].input.focus({ preventScroll: true });
}
