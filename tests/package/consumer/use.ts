// What a program in TypeScript does with the package: what has to compile, and what must not.

import {
  type Application,
  type CertificateRequest,
  type Choice,
  type ConfigurationUtilities,
  type Connector,
  ConnectorError,
  type ConnectorSettings,
  type ConnectorType,
  type ConnectorTypeOptions,
  createConnector,
  describePrivateKey,
  type ExecutorOptions,
  type ExecutorResult,
  type FetchLike,
  type Field,
  getConnectorType,
  type HealthResult,
  type Incident,
  init,
  type KeyDescription,
  makeCertificate,
  type NoApplication,
  type Params,
  type PushedIncident,
} from "servicenow-itsm-connector";

const settings: ConnectorSettings = { apiUrl: "https://a.test", username: "a", password: "b" };
const connector: Connector = createConnector(settings);

export async function useConnector(signal: AbortSignal): Promise<string | undefined> {
  const incident: Incident = { short_description: "Disk is full", correlation_id: "web-1" };
  const comments = [{ commentId: "1", comment: "91 %" }];
  const pushed: PushedIncident = await connector.pushToService({ incident, comments }, { signal });
  const choices: Choice[] = await connector.getChoices({ fields: ["urgency"] });
  const fields: Field[] = await connector.getFields();
  const { state } = await connector.getIncident({ externalId: pushed.id });
  // @ts-expect-error: a column can be anything
  const text: string = state;

  const closed = await connector.closeIncident({ incident: { correlation_id: "web-1" } });
  // @ts-expect-error: there may have been no incident to close
  const always: string = closed.title;
  const title: string = closed.id === undefined ? "" : closed.title;

  // @ts-expect-error: a name is missing
  await connector.pushToService({ incident: {} });
  // @ts-expect-error: no such column; others go into additional_fields
  await connector.pushToService({ incident: { short_description: "", shortDescription: "" } });
  // @ts-expect-error: a list
  await connector.getChoices({ fields: "urgency" });
  // @ts-expect-error: no such sub-action
  await connector.handshake();
  return [text, always, title, choices[0]?.value, fields[0]?.element].join();
}

export async function useHealth(signal: AbortSignal): Promise<string | undefined> {
  const application: Application | NoApplication = await connector.checkHealth({ signal });
  // @ts-expect-error: a deprecated connector has no application
  const always: string = application.version;
  return always;
}

export function useKeys(privateKey: string): string {
  const { bits, format, encrypted }: KeyDescription = describePrivateKey({ privateKey });
  const request: CertificateRequest = { privateKey, commonName: "kibana", days: 730 };
  // @ts-expect-error: a name is missing
  makeCertificate({ privateKey, days: 730 });
  return [bits, format, encrypted, makeCertificate(request)].join();
}

export function describe(error: unknown): string {
  if (!(error instanceof ConnectorError)) throw error;
  const { code, remedy, retry, errorSource, httpStatus, endpoint, message } = error;
  const when: string = retry instanceof Date ? retry.toISOString() : String(retry);
  const source: "user" | "framework" = errorSource;
  const status: number = httpStatus ?? 0;
  return [code, message, remedy, when, source, status, endpoint].join();
}

// @ts-expect-error: errors are the package's to make
new ConnectorError("no");
// @ts-expect-error: the URL is missing
createConnector({ username: "a", password: "b" });
// @ts-expect-error: no such setting
createConnector({ ...settings, proxy: "http://proxy.test" });

const options: ConnectorTypeOptions = { id: "acme.servicenow", schemaLibrary: "zod3" };
const type: ConnectorType = getConnectorType(options);
// @ts-expect-error: no such library
getConnectorType({ schemaLibrary: "joi" });

// What a program leaves unsaid, and what it takes from elsewhere.
createConnector({ ...settings, password: undefined, timeout: undefined, logger: console });
createConnector({ ...settings, logger: { debug() {}, warn() {}, error() {} } });
createConnector({ ...settings, fetch });
createConnector({ ...settings, fetch: async (url, init) => fetch(url, init) });
const nodeFetch: FetchLike = async (url, { method, headers, body = "", signal }) => {
  const text = [url, method, headers.authorization, body, signal.aborted].join();
  return { status: 200, headers: new Headers(), body: text };
};
createConnector({ ...settings, fetch: nodeFetch });
// @ts-expect-error: it answers nothing
createConnector({ ...settings, fetch: async () => undefined });

export async function load(): Promise<void> {
  await init();
  await init(new URL("https://a.test/connector.wasm"));
  await init(new Uint8Array(8));
  await init(new Uint8Array(8).buffer);
  await init(fetch("https://a.test/connector.wasm"));
  // @ts-expect-error: no place and no module
  await init(42);
}

/** What a host has that registers connector types of any kind. */
interface AnyConnectorType {
  id: string;
  name: string;
  minimumLicenseRequired: "basic" | "standard" | "gold" | "platinum" | "enterprise" | "trial";
  supportedFeatureIds: string[];
  validate: {
    params: { schema: { parse(value: unknown): unknown } };
    config: { schema: { parse(value: unknown): unknown } };
    secrets: { schema: { parse(value: unknown): unknown } };
  };
  executor?: (options: ExecutorOptions) => Promise<ExecutorResult>;
}

export function register(registerType: (type: AnyConnectorType) => void): void {
  registerType(type);
}

export async function useTypesHealth(
  configurationUtilities: ConfigurationUtilities,
): Promise<string> {
  const { config, secrets } = { config: { apiUrl: "https://a.test" }, secrets: {} };
  const options = { config, secrets, configurationUtilities, logger: console };
  const result: HealthResult = await type.checkHealth(options);
  return result.status === "ok" ? (result.data.version ?? "") : result.remedy;
}

export async function useType(
  actionId: string,
  configurationUtilities: ConfigurationUtilities,
): Promise<string> {
  const config = type.validate.config.schema.parse({ apiUrl: "https://a.test" });
  const secrets = type.validate.secrets.schema.validate({ username: "a", password: "b" });
  const params: Params = type.validate.params.schema.parse({ subAction: "getFields" });
  type.validate.config.customValidator(config, { configurationUtilities });
  const broken: string | null = type.validate.connector(config, secrets);
  if (broken !== null) return broken;
  if (params.subAction === "getChoices") return params.subActionParams.fields.join();
  const logger = console;
  const action = { actionId, config, secrets, params, logger, configurationUtilities };
  const result = await type.executor(action);
  if (result.status === "ok") return String(result.data);
  const remedy: string = result.errorMeta.remedy;
  // @ts-expect-error: a failure has no data
  const data: object = result.data;
  return [result.serviceMessage, remedy, data].join();
}
