// The package under test: what was built, as it will be installed.
import { pathToFileURL } from "node:url";

const folder = process.env.TOCSIN_PACKAGE;
if (!folder) throw new Error("TOCSIN_PACKAGE names the folder of the package");
const part = (name) => import(pathToFileURL(`${folder}/dist/${name}.js`).href);

export const tocsin = await part("index");
export const { decode, encode } = await part("convert");
export const { COMMANDS, QUERIES } = await part("methods");
export const { DURATIONS, INSTANTS } = await part("documents");
