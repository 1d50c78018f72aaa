// Makes the certificate of a private key, which ServiceNow knows the key by.

import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFieldNumber,
  EuiFieldText,
  EuiForm,
  EuiFormRow,
  EuiModal,
  EuiModalBody,
  EuiModalFooter,
  EuiModalHeader,
  EuiModalHeaderTitle,
  EuiSpacer,
  EuiText,
  useGeneratedHtmlId,
} from "@elastic/eui";
import { useEffect, useRef, useState } from "react";

import { KeyError, makeCertificate } from "./ask_key_worker.js";
import { CertificateResult } from "./certificate_result.jsx";

// What a certificate can have: longer names and times are refused.
const MAX_NAME_LENGTH = 64;
const MAX_DAYS = 3650;

/**
 * @param {{
 *   privateKey: string,
 *   privateKeyPassword: string,
 *   suggestedName: string,
 *   onClose: () => void,
 * }} props
 */
export function CertificateModal({ privateKey, privateKeyPassword, suggestedName, onClose }) {
  const [commonName, setCommonName] = useState(
    suggestedName.trim().slice(0, MAX_NAME_LENGTH) || "ServiceNow ITSM connector",
  );
  const [days, setDays] = useState("360");
  const [isRunning, setIsRunning] = useState(false);
  const [certificate, setCertificate] = useState("");
  const [fault, setFault] = useState(/** @type {KeyError | undefined} */ (undefined));
  const ended = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    ended.current = controller;
    return () => controller.abort();
  }, []);
  const titleId = useGeneratedHtmlId({ prefix: "certificateTitle" });
  const formId = useGeneratedHtmlId({ prefix: "certificateForm" });

  const nameError = commonName.trim() === "" ? "Common name is required." : undefined;
  const number = Number(days);
  const isDays = Number.isInteger(number) && number >= 1 && number <= MAX_DAYS;
  const daysError = isDays ? undefined : `Enter a number of days from 1 to ${MAX_DAYS}.`;

  /** @param {React.FormEvent} event */
  async function make(event) {
    event.preventDefault();
    // It is drawn inside the connector's form, which is not meant.
    event.stopPropagation();
    if (nameError || daysError) return;
    setIsRunning(true);
    setFault(undefined);
    try {
      const request = {
        privateKey,
        privateKeyPassword,
        commonName: commonName.trim(),
        days: number,
      };
      setCertificate(await makeCertificate(request, ended.current.signal));
    } catch (error) {
      if (error instanceof KeyError) setFault(error);
    } finally {
      setIsRunning(false);
    }
  }

  return (
    <EuiModal onClose={onClose} aria-labelledby={titleId} data-test-subj="certificateModal">
      <EuiModalHeader>
        <EuiModalHeaderTitle id={titleId}>Make a certificate</EuiModalHeaderTitle>
      </EuiModalHeader>
      <EuiModalBody>
        {certificate ? (
          <CertificateResult certificate={certificate} name={commonName} />
        ) : (
          <EuiForm id={formId} component="form" onSubmit={make}>
            <EuiText size="s">
              <p>
                ServiceNow checks what the connector signs by a certificate of its private key. It
                is made here in the page; the key is sent nowhere.
              </p>
            </EuiText>
            <EuiSpacer size="m" />
            {fault && (
              <>
                <EuiCallOut announceOnMount color="danger" iconType="error" title={fault.message}>
                  <p>{fault.remedy}</p>
                </EuiCallOut>
                <EuiSpacer size="m" />
              </>
            )}
            <EuiFormRow
              label="Common name"
              helpText="What the certificate is recognized by."
              isInvalid={Boolean(nameError)}
              error={nameError}
              fullWidth
            >
              <EuiFieldText
                fullWidth
                maxLength={MAX_NAME_LENGTH}
                value={commonName}
                isInvalid={Boolean(nameError)}
                onChange={(event) => setCommonName(event.target.value)}
                data-test-subj="certificateName"
              />
            </EuiFormRow>
            <EuiFormRow
              label="Days"
              helpText="How long it is valid. A new one has to be added to ServiceNow before it ends."
              isInvalid={Boolean(daysError)}
              error={daysError}
              fullWidth
            >
              <EuiFieldNumber
                fullWidth
                min={1}
                max={MAX_DAYS}
                step={1}
                value={days}
                isInvalid={Boolean(daysError)}
                onChange={(event) => setDays(event.target.value)}
                data-test-subj="certificateDays"
              />
            </EuiFormRow>
          </EuiForm>
        )}
      </EuiModalBody>
      <EuiModalFooter>
        <EuiButtonEmpty onClick={onClose} data-test-subj="closeCertificate">
          {certificate ? "Close" : "Cancel"}
        </EuiButtonEmpty>
        {!certificate && (
          <EuiButton
            fill
            type="submit"
            form={formId}
            isLoading={isRunning}
            isDisabled={Boolean(nameError || daysError)}
            data-test-subj="certificateSubmit"
          >
            Make
          </EuiButton>
        )}
      </EuiModalFooter>
    </EuiModal>
  );
}
