/**
 * A process of its own that runs two actions and prints their results.
 *
 * Its arguments: the connector's entry file, the URL of the instance, the host's settings as JSON.
 */
import { pathToFileURL } from "node:url";
import { connect } from "./acting.js";

const [entry = "", apiUrl = "", settings = "{}"] = process.argv.slice(2);
const { getConnectorType } = await import(pathToFileURL(entry).href);
const { act } = await connect(getConnectorType(), apiUrl, JSON.parse(settings));
console.log(JSON.stringify([await act(), await act()]));
