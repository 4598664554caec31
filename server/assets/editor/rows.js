// Other rows of a result, in another order, or with what supports them: its own form asks for them, without this
// script by a page of its own.
export function rowsOf(place, look) {
  place.addEventListener("submit", (event) => {
    if (event.target.id !== "rows") return;
    event.preventDefault();
    // The property `formAction` of a button without one of its own is the address of the page.
    const action = event.submitter?.getAttribute("formaction") ?? event.target.getAttribute("action");
    const address = new URL(action, location.href);
    look(new FormData(event.target), address.searchParams, event.submitter?.dataset.does ?? "");
  });
}

// What was pressed has the focus again, though it is another element now; the words are gone on with.
export function focusAgain(place, does) {
  const field = place.querySelector("#with-words");
  const pressed = [...place.querySelectorAll("[data-does]")].find((one) => one.dataset.does === does && one.offsetParent);
  if (does === "filter" && field) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  } else (pressed ?? place.querySelector("#result-title"))?.focus();
}
