// Writes land.json: the coastlines of Natural Earth, 1:110 million, as rings of [longitude, latitude].
import { readFile, writeFile } from "node:fs/promises";

const SOURCE = new URL("node_modules/world-atlas/land-110m.json", import.meta.url);

export default async function writeLand(target) {
  const atlas = JSON.parse(await readFile(SOURCE, "utf8"));
  const arcs = atlas.arcs.map((arc) => placed(arc, atlas.transform));
  const rings = polygons(atlas.objects.land).flat().flatMap((ring) => flat(joined(ring, arcs)));
  await writeFile(new URL("land.json", target), JSON.stringify(rings));
}

// An arc of TopoJSON holds the steps from point to point, in units of its grid.
function placed(arc, { scale, translate }) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    [x, y] = [x + dx, y + dy];
    return [rounded(x * scale[0] + translate[0]), rounded(y * scale[1] + translate[1])];
  });
}

function rounded(degrees) {
  return Math.round(degrees * 100) / 100;
}

function polygons(geometry) {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(polygons);
  return geometry.type === "MultiPolygon" ? geometry.arcs : [geometry.arcs];
}

// A ring names its arcs by number, by ~number those that are walked backwards; neighbours share a point.
function joined(ring, arcs) {
  const parts = ring.map((number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number]));
  return parts.flatMap((part, place) => (place ? part.slice(1) : part));
}

// A ring on the globe, laid flat: one that goes over the date line stands at both edges of the map, and one
// around a pole (Antarctica) takes in all that is beyond it.
function flat(ring) {
  let shift = 0;
  const line = ring.map(([x, y], place) => {
    const step = place ? x - ring[place - 1][0] : 0;
    if (Math.abs(step) > 180) shift -= Math.sign(step) * 360;
    return [rounded(x + shift), y];
  });
  const [first, last] = [line[0], line.at(-1)];
  if (Math.abs(last[0] - first[0]) > 180) line.push([last[0], -90], [first[0], -90]);
  return [-360, 0, 360]
    .map((turn) => line.map(([x, y]) => [rounded(x + turn), y]))
    .filter((copy) => copy.some(([x]) => x > -180 && x < 180));
}
