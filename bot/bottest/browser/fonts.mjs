// Makes the fonts of the desk again from the packages of Fontsource, which cut
// Google's Noto into the letters of each script: node fonts.mjs FOLDER, where
// FOLDER holds node_modules with @fontsource/noto-sans-{arabic,tamil,bengali,sc}.
// Of the Chinese letters, the 3 500 most common ones are taken.
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const from = path.join(process.argv[2], "node_modules/@fontsource");
const to = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../desk/static");
mkdirSync(path.join(to, "fonts"), { recursive: true });

const joiners = "U+200C-200D, U+25CC";
const scripts = {
  arabic: `U+0600-06FF, U+0750-077F, U+08A0-08FF, U+FB50-FDFF, U+FE70-FEFC, ${joiners}`,
  tamil: `U+0964-0965, U+0B82-0BFA, ${joiners}`,
  bengali: `U+0951-0952, U+0964-0965, U+0980-09FE, ${joiners}`,
};

let css = "/* Letters that an office PC may lack, loaded only by a page that holds them. Noto, SIL Open Font License 1.1 (fonts/OFL.txt);\n   bot/bottest/browser/fonts.mjs makes this file. */\n", bytes = 0;
function face(family, weight, source, name, range, local = "") {
  copyFileSync(source, path.join(to, "fonts", name));
  bytes += statSync(source).size;
  css += `@font-face { font-family: "${family}"; font-weight: ${weight}; font-display: swap; src: ${local}url("/static/${name}") format("woff2"); unicode-range: ${range}; }\n`;
}
for (const [script, range] of Object.entries(scripts)) {
  for (const [weight, of] of [["400", "400"], ["700", "600 700"]]) {
    face(`Doudou ${script}`, of, path.join(from, `noto-sans-${script}/files/noto-sans-${script}-${script}-${weight}-normal.woff2`), `noto-${script}-${weight}.woff2`, range);
  }
}
const slices = JSON.parse(readFileSync(path.join(from, "noto-sans-sc/unicode.json"), "utf8"));
for (let n = 101; n <= 119; n++) {
  const range = slices[`[${n}]`].split(",").filter((r) => parseInt(r.slice(2), 16) >= 0x2e80).join(", ");
  face("Doudou chinese", "400", path.join(from, `noto-sans-sc/files/noto-sans-sc-${n}-400-normal.woff2`), `noto-chinese-${n}.woff2`, range, 'local("Microsoft YaHei"), local("PingFang SC"), local("Noto Sans CJK SC"), ');
}
writeFileSync(path.join(to, "fonts.css"), css);
const licence = (s) => readFileSync(path.join(from, `noto-sans-${s}/LICENSE`), "utf8");
const [holder, ...terms] = licence("arabic").split("\n");
const others = ["tamil", "bengali"].map((s) => licence(s).split("\n")[0]);
const adobe = `Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name "Source" (Noto Sans SC)`;
writeFileSync(path.join(to, "fonts/OFL.txt"), [holder, ...others, adobe, ...terms].join("\n"));
console.log(`${bytes} bytes of fonts`);
