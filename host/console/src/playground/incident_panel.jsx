// One incident of the simulator.

import {
  EuiBadge,
  EuiFlexGroup,
  EuiFlexItem,
  EuiLink,
  EuiPanel,
  EuiSpacer,
  EuiText,
} from "@elastic/eui";
import { ShownText } from "../parts/shown_text.jsx";
import { webUrl } from "../results/web_url.js";

/**
 * @param {object} props
 * @param {import("./changes.js").WatchedIncident} props.incident
 * @param {string} props.simulatorUrl
 */
export function IncidentPanel({ incident, simulatorUrl }) {
  const { number, state, isOver, change, shortDescription, correlationId, comments } = incident;
  const url = webUrl(`${simulatorUrl}/nav_to.do?uri=incident.do?sys_id=${incident.sysId}`);
  return (
    <>
      <EuiPanel
        hasBorder
        hasShadow={false}
        paddingSize="s"
        color={change ? "success" : "plain"}
        data-test-subj="incident"
      >
        <EuiFlexGroup gutterSize="s" alignItems="center" wrap responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiText size="s">
              <EuiLink href={url} target="_blank" rel="noopener">
                {number}
              </EuiLink>
            </EuiText>
          </EuiFlexItem>
          <EuiFlexItem grow={false}>
            <EuiBadge color={isOver ? "default" : "primary"}>{state}</EuiBadge>
          </EuiFlexItem>
          {change && (
            <EuiFlexItem grow={false}>
              <EuiBadge color="success">{change}</EuiBadge>
            </EuiFlexItem>
          )}
        </EuiFlexGroup>
        <EuiSpacer size="xs" />
        <EuiText size="s" style={{ overflowWrap: "anywhere" }}>
          <p>
            <ShownText text={shortDescription} />
          </p>
        </EuiText>
        <EuiText size="xs" color="subdued" style={{ overflowWrap: "anywhere" }}>
          <p>
            {correlationId ? (
              <>
                Correlation ID <ShownText text={correlationId} />
              </>
            ) : (
              "No correlation ID"
            )}
            {`, ${wordsOfComments(comments)}`}
          </p>
        </EuiText>
      </EuiPanel>
      <EuiSpacer size="s" />
    </>
  );
}

/** @param {number} comments */
function wordsOfComments(comments) {
  if (comments === 0) return "no comments";
  return comments === 1 ? "1 comment" : `${comments} comments`;
}
