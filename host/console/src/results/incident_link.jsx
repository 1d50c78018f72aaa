// An incident's number, as a link to where it is.

import { EuiLink } from "@elastic/eui";

import { webUrl } from "./web_url.js";

/** @param {{ number: string, url: unknown }} props */
export function IncidentLink({ number, url }) {
  const href = webUrl(url);
  if (!href) return <>{number}</>;
  return (
    <EuiLink href={href} target="_blank" rel="noopener" data-test-subj="incidentLink">
      {number}
    </EuiLink>
  );
}
