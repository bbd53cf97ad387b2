(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const chapters = [...document.querySelectorAll(".chapter")];
  const apply = () => {
    const { unit, family, severity } = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const chapter of chapters) {
      let inside = 0;
      for (const one of chapter.querySelectorAll(".finding")) {
        one.hidden = (unit && unit !== chapter.dataset.unit) || (family && family !== one.dataset.family)
          || (severity && severity !== one.dataset.severity);
        inside += !one.hidden;
      }
      for (const cause of chapter.querySelectorAll(".cause"))
        cause.hidden = !cause.querySelector(".finding:not([hidden])");
      chapter.hidden = !inside;
      shown += inside;
    }
    document.getElementById("nothing").hidden = shown > 0;
    const told = form.querySelector("output");
    told.textContent = told.dataset.text.replace("#", shown);
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
