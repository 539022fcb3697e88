// Goes from one piece of the chosen rule to the next. All else on the page works without it.
"use strict";
(() => {
  const steps = document.getElementById("steps");
  const where = document.getElementById("where");
  let places = [];
  let here = -1;

  const show = (n) => {
    if (!places.length) return;
    places[here]?.classList.remove("here");
    here = (n + places.length) % places.length;
    const place = places[here];
    place.classList.add("here");
    place.scrollIntoView({ block: "center" });
    where.textContent = `${here + 1} of ${places.length}`;
  };

  const choose = (rule) => {
    places[here]?.classList.remove("here");
    places = rule === "0" ? [] : [...document.querySelectorAll(`#original [id^="k${rule}-"]`)];
    here = -1;
    steps.hidden = !places.length;
    show(0);
  };

  document.addEventListener("change", (event) => {
    if (event.target.name === "rule") choose(event.target.value);
  });
  document.getElementById("next").addEventListener("click", () => show(here + 1));
  document.getElementById("previous").addEventListener("click", () => show(here - 1));

  // The number in a row leads to the first piece; with the script it also chooses the row.
  document.querySelector(".rules").addEventListener("click", (event) => {
    const way = event.target.closest("a");
    if (!way) return;
    event.preventDefault();
    const choice = way.closest("tr").querySelector("input");
    choice.checked = true;
    choose(choice.value);
  });
})();
