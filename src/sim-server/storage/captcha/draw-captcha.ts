import { GLYPHS } from "./glyphs.ts";

/** Pixels. */
const WIDTH = 220;
const HEIGHT = 80;
/** Pixels. From one character to the next. */
const ADVANCE = 33;
/** Bytes. More than one image takes. */
const CHANCE_BYTES = 640;

/** A number from `from` to `to`. */
type Draw = (from: number, to: number) => number;

/**
 * An image of the characters for a person to read: SVG with one path that holds them, each turned and bent
 * another way, among lines that mean nothing. The same chance gives the same image.
 */
export function drawCaptcha(
  text: string,
  entropy: { randomHex(byteCount: number): string },
): string {
  const bytes = Buffer.from(entropy.randomHex(CHANCE_BYTES), "hex");
  let at = 0;
  const draw: Draw = (from, to) => {
    const byte = bytes[at % bytes.length] ?? 0;
    at += 1;
    return from + (byte / 255) * (to - from);
  };
  const strokes = [
    ...Array.from(text).flatMap((character, index) => glyph(character, 16 + index * ADVANCE, draw)),
    ...Array.from({ length: 3 }, () => wave(draw)),
    ...Array.from({ length: 9 }, () => scratch(draw)),
  ];
  // Nothing tells the strokes of characters from the others, neither their order nor their looks.
  const path = strokes.toSorted((one, other) => (one < other ? -1 : 1)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>` +
    `<path d="${path}" fill="none" stroke="#234" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  );
}

function glyph(character: string, left: number, draw: Draw): string[] {
  const angle = draw(-0.3, 0.3);
  const scale = draw(6, 7.4);
  const centre = { x: left + 2 * scale + draw(-2, 2), y: HEIGHT / 2 + draw(-8, 8) };
  return (GLYPHS[character] ?? []).map((line) => {
    const points = (line.match(/../g) ?? []).map((pair) => {
      const x = (Number(pair[0]) - 2) * scale + draw(-1.5, 1.5);
      const y = (Number(pair[1]) - 3) * scale + draw(-1.5, 1.5);
      return point(
        centre.x + x * Math.cos(angle) - y * Math.sin(angle),
        centre.y + x * Math.sin(angle) + y * Math.cos(angle),
      );
    });
    return `M${points.join("L")}`;
  });
}

/** A curve from one side to the other. */
function wave(draw: Draw): string {
  const y = (): number => draw(0, HEIGHT);
  const from = point(draw(0, 10), y());
  const to = point(draw(WIDTH - 10, WIDTH), y());
  return `M${from}C${point(draw(50, 90), y())} ${point(draw(130, 170), y())} ${to}`;
}

/** A short line with a bend. */
function scratch(draw: Draw): string {
  const x = draw(0, WIDTH);
  const y = draw(0, HEIGHT);
  const bend = point(x + draw(-9, 9), y + draw(-9, 9));
  return `M${point(x, y)}L${bend}L${point(x + draw(-9, 9), y + draw(-9, 9))}`;
}

function point(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
