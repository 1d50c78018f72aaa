// Says what the entered key is, or what is wrong with it.

import { EuiFlexGroup, EuiFlexItem, EuiIcon, EuiLoadingSpinner, EuiText } from "@elastic/eui";

const PASSPHRASE = /passphrase/;

/** @param {{ check: import("./use_key_check.js").KeyCheck }} props */
export function KeyStatus({ check }) {
  return (
    <div role="status" aria-live="polite" data-test-subj="keyStatus" data-state={check.state}>
      {check.state === "checking" && (
        <Line icon={<EuiLoadingSpinner size="m" aria-hidden />}>Reading the key…</Line>
      )}
      {check.state === "readable" && (
        <Line icon={<EuiIcon type="checkCircle" color="success" aria-hidden />}>
          <strong>{`RSA key of ${check.key.bits} bits, ${check.key.format}.`}</strong>{" "}
          {check.key.encrypted ? "The private key password fits." : "It has no password."}
        </Line>
      )}
      {check.state === "faulty" && <Fault fault={check.fault} />}
    </div>
  );
}

/** @param {{ fault: import("./ask_key_worker.js").KeyError }} props */
function Fault({ fault }) {
  const concernsPassphrase = PASSPHRASE.test(fault.code);
  const icon = concernsPassphrase ? (
    <EuiIcon type="lock" color="warning" aria-hidden />
  ) : (
    <EuiIcon type="error" color="danger" aria-hidden />
  );
  return (
    <Line icon={icon}>
      <strong>{fault.message}</strong> {fault.remedy}
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
