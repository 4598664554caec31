// Copies the subsets of the fonts that our pages use, and writes the sheet that names them.
import { copyFile, readFile, writeFile } from "node:fs/promises";

// Latin has a face of its own family in each text, so that a page in both scripts loads each once.
const FONTS = [
  { id: "ibm-plex-sans", subsets: ["latin", "latin-ext"], weights: [400, 600] },
  { id: "ibm-plex-sans-arabic", subsets: ["arabic"], weights: [400, 600] },
  { id: "noto-naskh-arabic", subsets: ["arabic"], weights: [400] },
];

export async function copyFonts(packages, target) {
  const faces = [];
  for (const { id, subsets, weights } of FONTS) {
    const folder = new URL(`@fontsource/${id}/`, packages);
    const { family } = await json(new URL("metadata.json", folder));
    const ranges = await json(new URL("unicode.json", folder));
    for (const subset of subsets) {
      for (const weight of weights) {
        const name = `${id}-${subset}-${weight}-normal.woff2`;
        await copyFile(new URL(`files/${name}`, folder), new URL(name, target));
        faces.push(face(family, weight, name, ranges[subset]));
      }
    }
    await copyFile(new URL("LICENSE", folder), new URL(`${id}.LICENSE.txt`, target));
  }
  await writeFile(new URL("fonts.css", target), faces.join("\n") + "\n");
}

// The server puts the address of the file, with its hash, in the place of its name.
function face(family, weight, name, range) {
  return `@font-face { font-family: "${family}"; font-weight: ${weight}; font-style: normal; font-display: swap; `
    + `src: url("${name}") format("woff2"); unicode-range: ${range}; }`;
}

async function json(file) {
  return JSON.parse(await readFile(file, "utf8"));
}
