// Says that a query runs, how long it has and how long it may; then what came of it.
export class Progress {
  #place = document.getElementById("progress");
  #buttons = ["run", "stop"].map((id) => document.getElementById(id));
  #clock;

  constructor(form, outcome, texts) {
    this.limit = form.dataset.limit;
    this.outcome = outcome;
    this.texts = texts;
  }

  begin() {
    clearInterval(this.#clock);
    this.#clock = setInterval((begun) => this.#tellTime(begun), 1000, Date.now());
    this.#setBusy(true);
    this.say(this.texts.running);
  }

  end() {
    clearInterval(this.#clock);
    this.#setBusy(false);
  }

  say(words) {
    this.#place.classList.remove("hidden");
    this.#place.textContent = words;
  }

  // What stands above the result is heard too.
  hear(facts) {
    this.#place.classList.add("hidden");
    this.#place.replaceChildren(...facts.cloneNode(true).childNodes);
  }

  #setBusy(isBusy) {
    const [run, stop] = this.#buttons;
    run.disabled = isBusy;
    stop.disabled = !isBusy;
    this.outcome.setAttribute("aria-busy", String(isBusy));
  }

  #tellTime(begun) {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    this.say(this.texts.elapsed.replace("{seconds}", seconds).replace("{limit}", this.limit));
  }
}
