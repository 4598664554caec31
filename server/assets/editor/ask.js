// Sends a query to be looked at, one at a time; stopping closes the connection, and the server ends its work.
export class Asking {
  #controller = null;

  get isUnderWay() {
    return this.#controller !== null;
  }

  stop() {
    this.#controller?.abort();
  }

  // { html } | { problem } | { stopped: true } | { offline: true }; `rows` says which rows, and how.
  async ask(fields, rows = new URLSearchParams()) {
    this.stop();
    const controller = this.#controller = new AbortController();
    try {
      const response = await fetch(`/sparql/view${kept(fields.get("release"), rows)}`, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { Accept: "application/problem+json, application/json" },
        signal: controller.signal,
      });
      return response.ok ? { html: await response.text() } : { problem: await problemOf(response) };
    } catch {
      return controller.signal.aborted ? { stopped: true } : { offline: true };
    } finally {
      if (this.#controller === controller) this.#controller = null;
    }
  }
}

export async function problemOf(response) {
  const isProblem = response.headers.get("Content-Type")?.includes("json");
  const language = response.headers.get("Content-Language") ?? "en";
  return isProblem ? { language, ...await response.json() } : { title: `${response.status} ${response.statusText}`, detail: "" };
}

// What the page's own address keeps goes along, so that the links of the result keep it too.
function kept(release, rows) {
  const language = new URLSearchParams(location.search).get("lang");
  const given = [...rows, ["lang", language], ["release", release]].filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}
