// Says what the entered key is, or what is wrong with it.

import { EuiFlexGroup, EuiFlexItem, EuiIcon, EuiLoadingSpinner, EuiText } from "@elastic/eui";

import { concernsPassword, wordsOf } from "./words.js";

/**
 * @param {{
 *   check: import("./use_key_check.js").KeyCheck,
 *   hasPassword: boolean,
 * }} props `hasPassword`: one was entered
 */
export function KeyStatus({ check, hasPassword }) {
  return (
    <div role="status" aria-live="polite" data-test-subj="keyStatus" data-state={check.state}>
      {check.state === "checking" && (
        <Line icon={<EuiLoadingSpinner size="m" aria-hidden />}>Reading the key…</Line>
      )}
      {check.state === "readable" && (
        <Line icon={<EuiIcon type="checkCircle" color="success" aria-hidden />}>
          <strong>{`RSA key of ${check.key.bits} bits, ${check.key.format}.`}</strong>{" "}
          {passwordText(check.key.encrypted, hasPassword)}
        </Line>
      )}
      {check.state === "faulty" && <Fault fault={check.fault} />}
    </div>
  );
}

/**
 * @param {boolean} isEncrypted
 * @param {boolean} hasPassword
 */
function passwordText(isEncrypted, hasPassword) {
  if (isEncrypted) return "The private key password fits.";
  return hasPassword
    ? "It has no password: the private key password is not needed."
    : "It has no password.";
}

/** @param {{ fault: import("./ask_key_worker.js").KeyError }} props */
function Fault({ fault }) {
  const { message, remedy } = wordsOf(fault);
  const icon = concernsPassword(fault) ? (
    <EuiIcon type="lock" color="warning" aria-hidden />
  ) : (
    <EuiIcon type="error" color="danger" aria-hidden />
  );
  return (
    <Line icon={icon}>
      <strong>{message}</strong> {remedy}
    </Line>
  );
}

/** @param {{ icon: React.ReactNode, children: React.ReactNode }} props */
function Line({ icon, children }) {
  return (
    <EuiFlexGroup gutterSize="s" responsive={false}>
      <EuiFlexItem grow={false}>{icon}</EuiFlexItem>
      <EuiFlexItem>
        <EuiText size="xs">
          <p>{children}</p>
        </EuiText>
      </EuiFlexItem>
    </EuiFlexGroup>
  );
}
