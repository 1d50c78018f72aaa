// What is refused before a request is made, or because of what a host has set, with secrets in the
// values at fault and beside them.

import { fetchOfHost, fetchOfUser } from "../../js/network/fetch.js";
import { packageFor } from "../../js/package.js";
import { createConfigurationUtilities } from "../support/host.js";
import { connect } from "./flows.js";
import { draftOf } from "./mistakes.js";

/** @import { Stage } from "./flows.js" */

/**
 * Params and settings of a connector.
 *
 * @param {Stage} stage
 */
export async function refuseActions(stage) {
  const { planted, traces, dropped } = stage;
  const { password, keys } = planted;
  const incident = { short_description: "a" };
  const fields = JSON.stringify({ u_password: password });
  const withFields = { incident: { ...incident, additional_fields: fields } };
  const aborted = AbortSignal.abort(new Error(password));
  for (const [name, settings, act] of /** @type {[string, object, (it: any) => unknown][]} */ ([
    ["additional fields", { usesTableApi: true }, (it) => it.pushToService(withFields)],
    ["an incident without a name", {}, (it) => it.closeIncident({ incident: {} })],
    ["a blank identifier", {}, (it) => it.getIncident({ externalId: "  " })],
    ["a sub-action's params in a text", {}, (it) => it.pushToService(password)],
    ["an incident in a text", {}, (it) => it.pushToService({ incident: password })],
    ["comments in a text", {}, (it) => it.pushToService({ incident, comments: password })],
    ["a list for a text", {}, (it) => it.pushToService({ incident: { urgency: [password] } })],
    ["an object for a list", {}, (it) => it.getChoices({ fields: { password } })],
    ["an answer that is too large", { maxContentLength: 10 }, (it) => it.getFields()],
    ["an action that was ended", {}, (it) => it.getFields({}, { signal: aborted })],
    ["a signal that is none", {}, (it) => it.getFields({}, { signal: password })],
    ["a text for a timeout", { timeout: password }, () => undefined],
    ["a text for a logger", { actionTimeout: keys.pkcs8 }, () => undefined],
  ])) {
    for (const [signIn, credentials] of Object.entries(planted.signIns)) {
      const place = `${name}, ${signIn}`;
      await traces.keep(place, async () => {
        const connector = connect({ ...stage, settings }, credentials);
        try {
          return await act(connector);
        } finally {
          connector.dispose();
        }
      });
      dropped(place);
    }
  }
}

/**
 * Connectors and networks of a host that cannot be used.
 *
 * @param {Stage} stage
 */
export async function refuseHosts(stage) {
  const { package: it, planted, traces, dropped } = stage;
  const { password, clientSecret, keys } = planted;
  const quoted = encodeURIComponent(password);
  const { host } = new URL(planted.simulator.url);
  const proxy = (/** @type {object} */ settings) => ({
    getProxySettings: () => ({ proxyUrl: "http://127.0.0.1:1", ...settings }),
  });
  const ofHost = (/** @type {object} */ ssl) => ({ getCustomHostSettings: () => ({ ssl }) });
  const fail = () => {
    throw new Error(`proxyUrl: http://elastic:${password}@${host}`);
  };
  /** @type {Record<string, object>} */
  const networks = {
    "another host allowed": createConfigurationUtilities(["other.example.com"]),
    "a proxy that nobody runs": proxy({ proxyUrl: `http://elastic:${quoted}@127.0.0.1:1` }),
    "a proxy of another scheme": proxy({ proxyUrl: `ftp://elastic:${quoted}@127.0.0.1:1` }),
    "a proxy that is no URL": proxy({ proxyUrl: password }),
    "a header that is none": proxy({ proxyHeaders: { "x-key": `${password}\n` } }),
    "a key where authorities belong": ofHost({ certificateAuthoritiesData: keys.pkcs8 }),
    "a mode that is none": { getSSLSettings: () => ({ verificationMode: password }) },
    "settings that cannot be read": { getProxySettings: fail },
  };
  const getFields = { subAction: "getFields", subActionParams: {} };
  for (const [signIn, credentials] of Object.entries(planted.signIns)) {
    const { config, secrets } = draftOf(planted, credentials);
    /** @type {[string, object, object][]} */
    const runs = [
      ...Object.entries(networks).map(
        ([name, network]) =>
          /** @type {[string, object, object]} */ ([name, { config, secrets }, network]),
      ),
      ["no password and no key", { config, secrets: { clientSecret, username: password } }, {}],
      ["no client", { config: { ...config, isOAuth: true, clientId: "" }, secrets }, {}],
      ["no sub-action", { config, secrets, params: { subAction: "handshake" } }, {}],
      ["a secret sub-action", { config, secrets, params: { subAction: password } }, {}],
      ["secrets that are a text", { config, secrets: password }, {}],
      ["config that is a text", { config: keys.pkcs8, secrets }, {}],
    ];
    for (const [name, given, network] of runs) {
      const type = it.getConnectorType();
      const configurationUtilities = { ...createConfigurationUtilities(), ...network };
      const options = /** @type {any} */ ({
        actionId: "c-1",
        params: getFields,
        ...given,
        configurationUtilities,
        logger: traces.logger(),
      });
      const place = `a host with ${name}, ${signIn}`;
      await traces.keep(place, () => type.executor(options));
      await traces.keep(place, () => type.checkHealth(options));
      await type.postDeleteHook({ connectorId: "c-1" });
      dropped(place);
    }
  }
}

/**
 * A module that is not there, or cannot be had.
 *
 * @param {Stage} stage
 */
export async function refuseToLoad({ planted, traces }) {
  const load = async () => {
    throw new Error("no such file");
  };
  const fetches = { fetchOfHost, fetchOfUser };
  const { simulator, signIns, passphrase, keys } = planted;
  for (const loadNow of [undefined, () => new WebAssembly.Module(Buffer.from("no module"))]) {
    const it = packageFor({ loader: { load, ...(loadNow && { loadNow }) }, ...fetches });
    for (const credentials of Object.values(signIns)) {
      const settings = { apiUrl: simulator.url, ...credentials };
      await traces.keep("a connector without a module", () => it.createConnector(settings));
    }
    const key = { privateKey: keys.encrypted.pkcs8, privateKeyPassword: passphrase };
    await traces.keep("a key without a module", () => it.describePrivateKey(key));
    await traces.keep("no module", () => it.init());
  }
}
