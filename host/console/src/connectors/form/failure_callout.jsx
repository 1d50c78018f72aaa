// Why a connector was not saved, and what to do about it (servicenow-itsm.md 7.2).

import { EuiCallOut, EuiSpacer } from "@elastic/eui";
import { useEffect, useRef } from "react";

import { wordsOf } from "../../private_key/words.js";
import { plainFailure } from "../../results/failure_text.js";
import { RawText } from "../../results/raw_text.jsx";
import { StoreButton } from "./callouts.jsx";

/**
 * @typedef {object} Failure
 * @property {string} [code] of the health check
 * @property {string} message
 * @property {string} [remedy]
 */

const APP_NOT_INSTALLED = "app_not_installed";

/** What the codes of the health check mean to who fills in the form. */
const TITLES = /** @type {Record<string, string>} */ ({
  [APP_NOT_INSTALLED]: "Elastic ServiceNow App not installed",
  bad_url: "The URL cannot be used",
  connector_changed: "The connector was changed meanwhile",
  connector_gone: "The connector is not there any more",
  forbidden: "The user may not use the Elastic ServiceNow App",
  hibernating: "The instance is asleep",
  incomplete: "The instance stopped before it had answered",
  network_settings: "The host's network settings are in the way",
  no_answer: "The instance does not answer",
  not_allowed: "The host does not allow connections to this instance",
  not_found: "The instance does not find what was asked for",
  rate_limited: "The instance takes no more requests for now",
  redirected: "The instance redirects to another address",
  refused: "The instance refuses the request",
  token_missing: "No access token came from the instance",
  token_refused: "The instance refuses the OAuth credentials",
  too_large: "The instance answers too much",
  unauthenticated: "The instance does not accept the credentials",
  unavailable: "The instance is not available",
  unexpected_answer: "This does not answer like a ServiceNow instance",
  unreachable: "The instance cannot be reached",
});

/** @param {{ failure: Failure }} props */
export function FailureCallout({ failure }) {
  const { code = "" } = failure;
  const { message, remedy } = wordsOf(failure);
  const cause = plainFailure(message);
  const notInstalled = code === APP_NOT_INSTALLED;
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is shown, not the first only
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, [failure]);
  return (
    <div ref={place} role="alert">
      <EuiCallOut
        color="danger"
        iconType="error"
        style={{ overflowWrap: "anywhere" }}
        title={
          TITLES[code] ??
          (code.startsWith("private_key") ? "The private key" : "The connector cannot be saved")
        }
        data-test-subj="failureCallout"
      >
        {notInstalled && <p>Please go to the ServiceNow app store and install the application</p>}
        <p>{notInstalled ? `Error message: ${cause}` : cause}</p>
        {remedy && (
          <p>
            <strong>What to do:</strong> {remedy}
          </p>
        )}
        <p>Nothing was saved. What you entered stays in the form.</p>
        {cause !== message && <RawText text={message} />}
        {notInstalled && <StoreButton color="danger" />}
      </EuiCallOut>
      <EuiSpacer size="m" />
    </div>
  );
}
