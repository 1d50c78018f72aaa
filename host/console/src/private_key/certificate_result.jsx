// A certificate that was made: to be downloaded or copied, and where in ServiceNow it goes.

import { EuiButton, EuiCodeBlock, EuiSpacer, EuiText } from "@elastic/eui";
import { useEffect, useState } from "react";

/** @param {{ certificate: string, name: string }} props */
export function CertificateResult({ certificate, name }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([certificate], { type: "application/x-pem-file" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [certificate]);
  return (
    <>
      <EuiButton
        fill
        iconType="download"
        href={url}
        download={fileName(name)}
        data-test-subj="downloadCertificate"
      >
        Download the certificate
      </EuiButton>
      <EuiSpacer size="m" />
      <EuiCodeBlock isCopyable overflowHeight={140} paddingSize="s" fontSize="s" language="text">
        {certificate}
      </EuiCodeBlock>
      <EuiSpacer size="m" />
      <EuiText size="s">
        <ol>
          <li>
            In your ServiceNow instance, go to <strong>Certificates</strong> and select{" "}
            <strong>New</strong>.
          </li>
          <li>
            Name the certificate, and paste it whole into <strong>PEM Certificate</strong>.
          </li>
          <li>
            Click <strong>Submit</strong>.
          </li>
          <li>
            Choose it as <strong>Sys certificate</strong> in the JWT verifier map of your OAuth JWT
            application. The map shows the JWT verifier key ID.
          </li>
        </ol>
      </EuiText>
    </>
  );
}

/** @param {string} name */
function fileName(name) {
  const safe = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `${safe.replaceAll(/^-|-$/g, "") || "connector"}-certificate.pem`;
}
