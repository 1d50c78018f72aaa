// The private key of the form: entered, checked at once, and the way to its certificate.

import { EuiButtonEmpty, EuiFormRow, EuiSpacer } from "@elastic/eui";
import { useState } from "react";

import { FIELDS } from "../connectors/form/fields.js";
import { CertificateModal } from "./certificate_modal.jsx";
import { KeyStatus } from "./key_status.jsx";
import { PrivateKeyArea } from "./private_key_area.jsx";
import { useKeyCheck } from "./use_key_check.js";

const NEW = "Paste the key, or drop its file here: -----BEGIN …";
const SAVED =
  "•••••••• The saved key is encrypted and never shown. Enter it again to save a change.";

/**
 * @param {{
 *   form: import("../connectors/form/use_connector_form.js").ConnectorForm,
 *   isSaved: boolean,
 * }} props `isSaved`: the host has a key already
 */
export function PrivateKeyField({ form, isSaved }) {
  const { privateKey, privateKeyPassword, name } = form.values;
  const check = useKeyCheck(privateKey, privateKeyPassword);
  const [fileError, setFileError] = useState("");
  const [isMaking, setIsMaking] = useState(false);
  const { label, testId } = FIELDS.privateKey;
  const error = fileError || form.shownErrors.privateKey;
  const isInvalid = Boolean(error);
  return (
    <>
      <EuiFormRow label={label} isInvalid={isInvalid} error={error} fullWidth>
        <PrivateKeyArea
          value={privateKey}
          onChange={(value) => {
            setFileError("");
            form.set("privateKey", value);
          }}
          onFileError={setFileError}
          onBlur={() => form.leave("privateKey")}
          isInvalid={isInvalid}
          placeholder={isSaved ? SAVED : NEW}
          data-test-subj={testId}
        />
      </EuiFormRow>
      <EuiSpacer size="s" />
      <KeyStatus check={check} hasPassword={privateKeyPassword !== ""} />
      {check.state === "readable" && (
        <EuiButtonEmpty
          size="s"
          iconType="document"
          flush="left"
          onClick={() => setIsMaking(true)}
          data-test-subj="makeCertificate"
        >
          Make a certificate
        </EuiButtonEmpty>
      )}
      {isMaking && (
        <CertificateModal
          privateKey={privateKey}
          privateKeyPassword={privateKeyPassword}
          suggestedName={name}
          onClose={() => setIsMaking(false)}
        />
      )}
      <EuiSpacer size="m" />
    </>
  );
}
