// Shows what fits while one types, as a combobox with a list (WAI-ARIA); without it the form leads to /search.
"use strict";
(() => {
  const input = document.getElementById("find");
  if (!input) return;
  const { form, dataset: texts } = input;
  const list = document.getElementById("find-hits");
  const status = form.querySelector("[role=status]");
  const kinds = JSON.parse(texts.kinds), ties = JSON.parse(texts.ties);
  const language = document.documentElement.lang;
  const MOST = 8, PAUSE = 150, SHORTEST = 2;
  let timer, request, active = -1, made = 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  list.setAttribute("role", "listbox");
  close();

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      else move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      list.children[active].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  // The field keeps the focus while an entry is pressed, so that the list is still there for the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  // As on many sites, a slash leads to the search from wherever nothing is being typed.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    input.focus();
  });

  async function look() {
    request?.abort();
    const words = input.value.trim();
    if (words.length < SHORTEST) return close();
    const { signal } = request = new AbortController();
    try {
      const response = await fetch(address("/search.json", [["limit", MOST]]), { signal });
      if (response.ok) show(await response.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  // Where the form would lead, with what it sends: its language and release go along.
  function address(path, more) {
    const pairs = new URLSearchParams(new FormData(form));
    for (const [name, value] of more) pairs.set(name, value);
    return `${path}?${pairs}`;
  }

  function show({ hits, nearest, total, all_words: whole }) {
    if (document.activeElement !== input) return;
    const found = hits.length ? hits : nearest;
    list.replaceChildren(...found.map((hit) => entry(hit)));
    if (total > hits.length) list.append(option([text(`${texts.all}: ${total}`)], address("/search", [])));
    const help = whole ? "" : texts.most;
    status.textContent = hits.length ? help || texts.some.replace("{number}", total)
      : `${texts.none} ${found.length ? texts.near : texts.try}`;
    // The page of results says more about what to try, and asks the data for a part of a name.
    if (!hits.length) list.append(option([text(texts.help)], address("/search", [])));
    list.dataset.near = hits.length ? help : status.textContent;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  function entry(hit) {
    const [name, code] = said(hit.sentence?.words ?? hit.labels);
    const parts = [text(name ?? hit.iri, code)];
    if (hit.sentence) parts.push(...translation(hit.sentence));
    else if (hit.matched !== name && !hit.related) parts.push(text(hit.matched, "", "also"));
    for (const one of hit.related ?? []) parts.push(beside(`${ties[one.tie]}:`, ...said(one.labels)));
    for (const word of hit.missing ?? []) parts.push(beside(texts.without, word));
    const origin = hit.dataset?.labels[language] ?? Object.values(hit.dataset?.labels ?? {})[0];
    parts.push(text(origin ?? kinds[hit.kind || "elsewhere"] ?? hit.kind, "", "kind"));
    return option(parts, hit.address || address("/search", [["q", hit.matched]]));
  }

  // The words in the language of the page, else in any, and the language.
  function said(labels) {
    const code = [language, ...Object.keys(labels)].find((one) => labels[one]);
    return [labels[code], code];
  }

  function translation({ translation: labels }) {
    return labels ? [beside(texts.translation, ...said(labels))] : [];
  }

  function beside(title, words, code) {
    const line = document.createElement("span");
    line.className = "also";
    line.append(`${title} `, text(words, code));
    return line;
  }

  function option(parts, target) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.id = `${list.id}-${made++}`;
    item.append(...parts);
    item.addEventListener("click", () => location.assign(target));
    return item;
  }

  // Stored words stay text, keep their direction to themselves, and hide nothing.
  function text(words, code = "", name = "") {
    const part = document.createElement("bdi");
    part.textContent = words.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    if (code && code !== language && code !== "und") part.lang = code;
    if (name) part.className = name;
    return part;
  }

  function move(step) {
    const entries = [...list.children];
    // One place more than there are entries: the field itself.
    active = (active + 1 + step + entries.length + 1) % (entries.length + 1) - 1;
    entries.forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", entries[active].id);
    entries[active].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
})();
