// How the connector signs in.

import { PrivateKeyField } from "../../private_key/private_key_field.jsx";
import { TextRow } from "./text_row.jsx";

/** @typedef {import("./use_connector_form.js").ConnectorForm} ConnectorForm */

/** @param {{ form: ConnectorForm, isSaved: boolean }} props `isSaved`: the host has the secrets */
export function AuthenticationFields({ form, isSaved }) {
  return form.values.isOAuth ? (
    <OAuthFields form={form} isSaved={isSaved} />
  ) : (
    <BasicFields form={form} />
  );
}

/** @param {{ form: ConnectorForm }} props */
function BasicFields({ form }) {
  return (
    <>
      <TextRow form={form} name="username" />
      <TextRow form={form} name="password" isPassword />
    </>
  );
}

/** @param {{ form: ConnectorForm, isSaved: boolean }} props */
function OAuthFields({ form, isSaved }) {
  return (
    <>
      <TextRow form={form} name="clientId" />
      <TextRow form={form} name="userIdentifierValue" />
      <TextRow form={form} name="jwtKeyId" />
      <TextRow form={form} name="clientSecret" isPassword />
      <PrivateKeyField form={form} isSaved={isSaved} />
      <TextRow form={form} name="privateKeyPassword" isPassword />
    </>
  );
}
