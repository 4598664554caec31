// Makes server/static/built from the packages of the lock file and our own modules.
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { copyFonts } from "./fonts.mjs";

const here = new URL(".", import.meta.url);
const built = new URL("../static/built/", here);

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await copyFonts(new URL("node_modules/", here), built);
await bundleEditor();
if (existsSync(new URL("land.mjs", here))) {
  const land = await import("./land.mjs"); // writes land.json: when imported, or by its default export
  await land.default?.(built);
}
await compress();

// One small module to begin with; what is heavy comes in pieces of its own when it is needed.
async function bundleEditor() {
  await build({
    absWorkingDir: here.pathname,
    entryPoints: ["editor/editor.js"],
    outdir: built.pathname,
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "linked",
    logLevel: "warning",
  });
}

// The server sends these as they are to whoever takes them.
async function compress() {
  for (const name of await readdir(built)) {
    if (!/\.(js|json|css)$/.test(name)) continue;
    const content = await readFile(new URL(name, built));
    await writeFile(new URL(`${name}.br`, built), brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }));
  }
}
