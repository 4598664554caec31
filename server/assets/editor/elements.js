// Makes elements; whatever is given as content stays text.
export function element(name, properties = {}, ...content) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (property in made) made[property] = value;
    else made.setAttribute(property, value);
  }
  made.append(...content);
  return made;
}

export function copyButton(text, texts) {
  const button = element("button", { type: "button", className: "copy" }, texts.copy);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = texts.copied;
    setTimeout(() => { button.textContent = texts.copy; }, 2000);
  });
  return button;
}
